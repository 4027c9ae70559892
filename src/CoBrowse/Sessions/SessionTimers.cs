using CoPilot.CoBrowse.Scope;
using CoPilot.Realtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>
/// Lets due sessions go on: every node looks every second, and whoever replaces a session first has done it. A session whose moment has passed is treated so by every
/// call, whether or not somebody looked.
/// </summary>
public sealed class SessionTimers(
    ISessionStore store, SessionRunner runner, ICoPilotSites sites, TimeProvider clock, ILogger<SessionTimers> logger) : BackgroundService
{
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Of one site at one look; the rest a second later.</summary>
    private const int Limit = 100;

    private bool _isAway;

    /// <summary>One look. Answers how many sessions were due.</summary>
    public async Task<int> LookAsync(CancellationToken cancellationToken = default)
    {
        var count = 0;
        foreach (var siteId in sites.SiteIds)
        {
            foreach (var sessionId in await store.ListDueAsync(siteId, Limit, cancellationToken))
            {
                await runner.RunAsync(siteId, sessionId, (session, _) => SessionStep.Unchanged(session), cancellationToken);
                count++;
            }
        }

        return count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryLookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    /// <summary>Said once for each outage.</summary>
    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
            _isAway = false;
        }
        catch (StoreUnavailableException error)
        {
            if (!_isAway)
            {
                CoBrowseLog.TimersAway(logger, error);
            }

            _isAway = true;
        }
    }
}
