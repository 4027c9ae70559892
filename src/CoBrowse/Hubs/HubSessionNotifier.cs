using CoPilot.CoBrowse.Sessions;
using CoPilot.Realtime;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace CoPilot.CoBrowse.Hubs;

/// <summary>
/// Notices through SignalR, to the agent's and the customer's connections on whichever node they are. Nobody waits for them: on this node each connection has its own
/// bounded line, and one that does not get to another node is a lost hint. What one thread sends stays in order.
/// </summary>
internal sealed class HubSessionNotifier(IHubContext<CoBrowseHub> hub, ILeaseNews news, ILogger<HubSessionNotifier> logger) : ISessionNotifier
{
    public void Tell(SessionNotice notice)
    {
        switch (notice)
        {
            case AgentNotice agent:
                _ = SendAsync(() => hub.Clients.User(agent.AgentId).SendCoreAsync(agent.Method, [agent.Event]));
                break;
            case CustomerNotice customer:
                if (customer.LosesLease)
                {
                    // Before the event: whoever has heard that they lost the session finds it so.
                    _ = SendAsync(() => news.LoseAsync(customer.Lease.NodeId, customer.Lease.ConnectionId, customer.SessionId));
                }

                _ = SendAsync(() => hub.Clients.Client(customer.Lease.ConnectionId).SendCoreAsync(customer.Method, [customer.Event]));
                break;
        }
    }

    private async Task SendAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (StoreUnavailableException error)
        {
            CoBrowseLog.NoticeLost(logger, error);
        }
    }
}
