using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime;
using CoPilot.Realtime.Connections;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.ChatServer.Hubs;

/// <summary>
/// Notices through SignalR, to persons and groups on whichever node they are. Nobody waits for them: on this node each connection has its own bounded line
/// (<see cref="HubConnections{THub}"/>), and one that does not get to another node is a lost hint. What one thread sends stays in order.
/// </summary>
internal sealed class HubChatNotifier(IHubContext<ChatHub, IChatClient> hub, HubConnections<ChatHub> connections, StoreOutages outages) : IChatNotifier
{
    public void ContactChanged(string personId, ContactChangedEvent contact) => _ = SendAsync(hub.Clients.User(personId).ContactChanged(contact));

    public void CallbackChanged(ContactChangedEvent callback) =>
        _ = SendAsync(hub.Clients.Group(ChatGroups.WatchersOf(callback.ContactId)).ContactChanged(callback));

    public void Offered(string agentId, OfferedEvent offer) => _ = SendAsync(hub.Clients.User(agentId).Offered(offer));

    public void OfferWithdrawn(string agentId, OfferWithdrawnEvent offer) => _ = SendAsync(hub.Clients.User(agentId).OfferWithdrawn(offer));

    public void StatusChanged(string agentId, StatusChangedEvent changed) => _ = SendAsync(hub.Clients.User(agentId).StatusChanged(changed));

    public void QueuesChanged(string siteId, QueuesChangedEvent queues) =>
        _ = SendAsync(hub.Clients.Group(ChatGroups.AgentsOf(siteId)).QueuesChanged(queues));

    public void SiteOverviewChanged(IReadOnlyList<string> connectionIds, SiteOverview overview) =>
        connections.Send(connectionIds, nameof(IChatClient.SiteOverviewChanged), overview);

    public void CoPilotInvited(string customerId, CoPilotInvitedEvent invited) => _ = SendAsync(hub.Clients.User(customerId).CoPilotInvited(invited));

    private async Task SendAsync(Task sending)
    {
        try
        {
            await sending;
        }
        catch (StoreUnavailableException error)
        {
            outages.Note("A notice to another node", error);
        }
    }
}
