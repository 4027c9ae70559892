using CoPilot.Contracts.Chat;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.ChatServer.Hubs;

/// <summary>
/// Notices through SignalR, to persons and groups on whichever node they are. Nothing is awaited because nothing is waited for: each connection has its own bounded line
/// (<see cref="Realtime.Connections.HubConnections{THub}"/>), where what one thread sends stays in order.
/// </summary>
internal sealed class HubChatNotifier(IHubContext<ChatHub, IChatClient> hub) : IChatNotifier
{
    public void ContactChanged(string personId, ContactChangedEvent contact) => _ = hub.Clients.User(personId).ContactChanged(contact);

    public void Offered(string agentId, OfferedEvent offer) => _ = hub.Clients.User(agentId).Offered(offer);

    public void OfferWithdrawn(string agentId, OfferWithdrawnEvent offer) => _ = hub.Clients.User(agentId).OfferWithdrawn(offer);

    public void QueuesChanged(string siteId, QueuesChangedEvent queues) =>
        _ = hub.Clients.Group(ChatGroups.AgentsOf(siteId)).QueuesChanged(queues);
}
