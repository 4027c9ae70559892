using System.Collections.Frozen;
using CoPilot.ChatServer.Hubs;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Supervision;

/// <summary>
/// Shows supervisors their site as it changes: at most once a second, only what differs from what a connection was shown last. Hints wake it, of changes that any node made; once a minute it
/// looks without one, because some of it changes with time alone. Of a site that nobody watches on this node nothing is read. Thread-safe.
/// </summary>
internal sealed class SupervisionFeed : BackgroundService
{
    public static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(1);

    /// <summary>A hint from another node may be lost.</summary>
    private static readonly TimeSpan LookAgainWithOthersAfter = TimeSpan.FromSeconds(10);

    private readonly SiteReadings _readings;
    private readonly TimeSpan _lookAgainAfter;
    private readonly IChatNotifier _notifier;
    private readonly TimeProvider _clock;
    private readonly ILogger<SupervisionFeed> _logger;
    private readonly FrozenDictionary<string, WatchedSite> _sites;

    public SupervisionFeed(
        SiteReadings readings,
        RoutingHints hints,
        RoutingPace pace,
        IChatNotifier notifier,
        ISiteCatalog sites,
        TimeProvider clock,
        ILogger<SupervisionFeed> logger)
    {
        (_readings, _notifier, _clock, _logger) = (readings, notifier, clock, logger);
        _lookAgainAfter = pace == RoutingPace.OneNode ? LookAgainAfter : LookAgainWithOthersAfter;
        _sites = sites.All.ToFrozenDictionary(site => site.Id, site => new WatchedSite(site), StringComparer.Ordinal);
        hints.ListenToLines(siteId => _sites.GetValueOrDefault(siteId)?.Signal.Set());
    }

    /// <summary>From now on the connection is shown what changes, until it is gone. Whatever it watched before stays watched when this fails.</summary>
    /// <param name="queue">A configured queue whose line is listed; null for none.</param>
    /// <param name="gone">Cancelled when the connection ends.</param>
    public async Task<SiteOverview> WatchAsync(string siteId, string connectionId, string? queue, CancellationToken gone)
    {
        var site = _sites[siteId];
        var lines = queue is null ? site.Lines : site.Lines.Append(queue).Distinct(StringComparer.Ordinal).ToList();
        var shown = (await _readings.ReadSharedAsync(site.Site, lines, gone)).For(queue);
        site.Add(connectionId, queue, shown, gone);

        // It may have changed between the reading and this.
        site.Signal.Set();
        return shown.Overview;
    }

    public void Unwatch(string siteId, string connectionId) => _sites[siteId].Remove(connectionId);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_sites.Values.Select(site => Task.Run(() => RunAsync(site, stoppingToken), CancellationToken.None)));

    private async Task RunAsync(WatchedSite site, CancellationToken stopping)
    {
        var fails = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!fails)
                {
                    await site.Signal.WaitAsync(site.IsWatched ? _lookAgainAfter : TimeSpan.MaxValue, _clock, stopping);
                }

                if (site.IsWatched)
                {
                    await TellAsync(site, stopping);
                    await Task.Delay(SiteReadings.Interval, _clock, stopping);
                }

                fails = false;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A store out of reach is asked again; what is shown are hints.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (!fails)
                {
                    SupervisionLog.SiteReadFails(_logger, site.Site.Id, error);
                }

                fails = true;
                foreach (var (overview, connectionId) in site.TakeOld())
                {
                    _notifier.SiteOverviewChanged([connectionId], overview);
                }

                await Task.Delay(SiteReadings.Interval, _clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TellAsync(WatchedSite site, CancellationToken cancellationToken)
    {
        var reading = await _readings.ReadNextAsync(site.Site, () => site.Lines, cancellationToken);
        foreach (var (shown, connectionIds) in site.TakeNews(reading))
        {
            _notifier.SiteOverviewChanged(connectionIds, shown.Overview);
        }
    }
}
