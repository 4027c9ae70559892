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

    /// <summary>Cut off, and what they were at has not ended: nobody finds them among the connected when that is tried again.</summary>
    private readonly HashSet<(string SiteId, string AgentId)> _leaving = [];

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
            foreach (var agent in chatting.Union(coBrowse.All).Union(_leaving).ToList())
            {
                if (await accounts.FindAsync(agent.AgentId, cancellationToken) is not { IsDisabled: false })
                {
                    HubLog.DisabledAgentCutOff(logger, agent.AgentId);
                    _leaving.Add(agent);
                    await CutOffAsync(agent.SiteId, agent.AgentId, cancellationToken);
                }

                _leaving.Remove(agent);
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
