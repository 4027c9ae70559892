using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.CoBrowse.Hubs;
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
    ConnectedAgents coBrowse,
    IEnumerable<IAgentDeparture> departures,
    IEnumerable<IHubConnections> hubs,
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
            var chatting = sites.All.SelectMany(site => presence.ConnectedAgents(site.Id), (site, agentId) => (SiteId: site.Id, AgentId: agentId));
            foreach (var (siteId, agentId) in chatting.Union(coBrowse.All))
            {
                if (await accounts.FindAsync(agentId, cancellationToken) is not { IsDisabled: false })
                {
                    HubLog.DisabledAgentCutOff(logger, agentId);
                    await CutOffAsync(siteId, agentId, cancellationToken);
                }
            }
        }
        catch (StoreUnavailableException error)
        {
            // They stay connected until the accounts can be read.
            outages.Note("Looking for disabled agents", error);
        }
    }

    private async Task CutOffAsync(string siteId, string agentId, CancellationToken cancellationToken)
    {
        foreach (var hub in hubs)
        {
            hub.AbortUser(agentId);
        }

        foreach (var departure in departures)
        {
            await departure.LeftAsync(siteId, agentId, cancellationToken);
        }
    }
}
