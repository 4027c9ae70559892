using CoPilot.CoBrowse.Hubs;
using CoPilot.Realtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>
/// Writes into the sessions of agents who are connected to this node that they are here; on whichever node that is, and whichever dies, a session whose agent nobody has
/// seen for <see cref="CoBrowseSettings.AgentLease"/> ends by <see cref="SessionClock"/>. An agent who comes back says so by <c>Watch</c>.
/// </summary>
public sealed class AgentLeaseKeeper(
    ConnectedAgents connected, AgentSessionService agents, CoBrowseSettings settings, TimeProvider clock, ILogger<AgentLeaseKeeper> logger) : BackgroundService
{
    /// <summary>One look: a read for each agent, and two more for each session that they have open.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken = default)
    {
        foreach (var (siteId, agentId) in connected.All)
        {
            await agents.SeeAsync(siteId, agentId, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.AgentLease / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryRenewAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    /// <summary>The timers, which ask the same store every second, tell operators of an outage.</summary>
    private async Task TryRenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RenewAsync(cancellationToken);
        }
        catch (StoreUnavailableException error)
        {
            CoBrowseLog.AgentsNotSeen(logger, error);
        }
    }
}
