using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Realtime;
using CoPilot.Realtime.Connections;

namespace CoPilot.ChatServer.Hubs;

/// <summary>
/// Cuts off agents whose account was disabled while they were connected; coming back they are refused, and their contacts return to the line like those of
/// anybody who is gone. Accounts are disabled by another process, so this looks at them from time to time.
/// </summary>
internal sealed class DisabledAgents(
    AgentPresence presence,
    IAccountStore accounts,
    ISiteCatalog sites,
    HubConnections<ChatHub> connections,
    StoreOutages outages,
    TimeProvider clock,
    ILogger<DisabledAgents> logger) : BackgroundService
{
    /// <summary>One read for each connected agent; nobody is disabled more urgently than this.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await CutOffAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task CutOffAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var agentId in sites.All.SelectMany(site => presence.ConnectedAgents(site.Id)))
            {
                if (await accounts.FindAsync(agentId, cancellationToken) is not { IsDisabled: false })
                {
                    HubLog.DisabledAgentCutOff(logger, agentId);
                    connections.AbortUser(agentId);
                }
            }
        }
        catch (StoreUnavailableException error)
        {
            // They stay connected until the accounts can be read.
            outages.Note("Looking for disabled agents", error);
        }
    }
}
