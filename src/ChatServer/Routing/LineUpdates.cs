using CoPilot.ChatServer.Hubs;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Pushes places in line, and how long it will be, to customers and the state of the queues to agents, at most once a second per site and only what changed. Hints wake it;
/// while nothing changes it does nothing, but once a minute where somebody was told how long it will be, or call-backs come to be due. Of several nodes the site's keeper does so. A keeper that is new, or stalled while another took its place, tells places
/// that people may know already.
/// </summary>
public sealed class LineUpdates : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>For the measure of call-backs that are due, which time alone changes.</summary>
    private static readonly TimeSpan ScheduledLookedAtAfter = TimeSpan.FromMinutes(1);

    private readonly IContactQueue _queue;
    private readonly ISiteKeeper _keeper;
    private readonly RoutingPace _pace;
    private readonly IChatNotifier _notifier;
    private readonly SiteMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<LineUpdates> _logger;
    private readonly List<SiteLines> _sites;

    public LineUpdates(
        IContactQueue queue,
        ISiteKeeper keeper,
        RoutingPace pace,
        IChatNotifier notifier,
        RoutingHints hints,
        SiteMetrics metrics,
        ISiteCatalog sites,
        TimeProvider clock,
        ILogger<LineUpdates> logger)
    {
        (_queue, _keeper, _pace, _notifier) = (queue, keeper, pace, notifier);
        (_metrics, _clock, _logger) = (metrics, clock, logger);
        _sites = [.. sites.All.Select(site => new SiteLines(site, clock))];
        var signals = _sites.ToDictionary(lines => lines.Site.Id, lines => lines.Signal, StringComparer.Ordinal);
        hints.ListenToLines(siteId => signals.GetValueOrDefault(siteId)?.Set());
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_sites.Select(lines => Task.Run(() => RunAsync(lines, stoppingToken), CancellationToken.None)));

    private async Task RunAsync(SiteLines lines, CancellationToken stopping)
    {
        await KeepOnAsync(lines, stopping);
        try
        {
            await _keeper.GiveUpAsync(lines.Site.Id, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // Then this node is replaced like one that died.
        }
    }

    private async Task KeepOnAsync(SiteLines lines, CancellationToken stopping)
    {
        var fails = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var next = await UpdateAsync(lines, stopping);
                fails = false;
                await Task.Delay(Interval, _clock, stopping);
                await lines.Signal.WaitAsync(_pace.Sleep(next - Interval ?? TimeSpan.MaxValue), _clock, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A store out of reach is asked again; positions are hints.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (!fails)
                {
                    RoutingLog.LineUpdateFails(_logger, lines.Site.Id, error);
                }

                fails = true;
                await Task.Delay(Interval, _clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Answers when to look again though nothing was hinted.</summary>
    private async Task<TimeSpan?> UpdateAsync(SiteLines lines, CancellationToken cancellationToken)
    {
        if (!await _keeper.KeepAsync(lines.Site.Id, cancellationToken))
        {
            lines.Forget();
            _metrics.Forgotten(lines.Site.Id);
            return null;
        }

        var facts = await _queue.GetSiteAsync(lines.Site.Id, listed: [], isWatched: false, cancellationToken);
        _metrics.Seen(lines.Site.Id, facts);
        var summaries = RoutingResults.ToSummaries(lines.Site, [.. facts.Lines.Select(line => line.State)], _clock.GetUtcNow());
        if (lines.IsNews(summaries))
        {
            _notifier.QueuesChanged(lines.Site.Id, new QueuesChangedEvent(summaries));
        }

        TimeSpan? next = facts.Lines.Any(line => line.Scheduled > 0) ? ScheduledLookedAtAfter : null;
        var waits = new SiteWaits(lines.Site, facts.ToWaits());
        foreach (var (queue, positions) in lines.Positions)
        {
            var line = await _queue.GetLineAsync(lines.Site.Id, queue, cancellationToken);
            if (await UpdateAsync(lines.Site, positions, line, place => waits.Of(queue, place), cancellationToken) is { } wait && (next is null || wait < next))
            {
                next = wait;
            }
        }

        return next;
    }

    private async Task<TimeSpan?> UpdateAsync(
        Site site, LinePositions positions, IReadOnlyList<LinePosition> line, Func<LinePosition, WaitRange?> waitOf, CancellationToken cancellationToken)
    {
        var shown = new List<WaitShown>();
        var next = positions.Update(line, waitOf, (place, wait) =>
        {
            var told = new ContactChangedEvent(place.ContactId, place.State, place.ConversationId, place.Position, wait);
            _notifier.ContactChanged(place.CustomerId, told);
            if (place.Kind == ContactKinds.Callback)
            {
                _notifier.CallbackChanged(told with { ConversationId = null });
            }

            if (wait is not null && !place.IsWaitKept)
            {
                shown.Add(new WaitShown(place.ContactId, wait));
            }
        });
        if (shown.Count > 0)
        {
            await _queue.KeepShownWaitsAsync(site.Id, shown, cancellationToken);
        }

        return next;
    }

    /// <summary>What one site's people were told last.</summary>
    private sealed class SiteLines(Site site, TimeProvider clock)
    {
        private IReadOnlyList<QueueSummary>? _last;

        public Site Site => site;

        public Signal Signal { get; } = new();

        public IReadOnlyList<(string Queue, LinePositions Positions)> Positions { get; private set; } = MakePositions(site, clock);

        /// <summary>Others tell them from now on; should this node do so again, it knows nothing of what they were told meanwhile.</summary>
        public void Forget()
        {
            if (_last is not null)
            {
                _last = null;
                Positions = MakePositions(site, clock);
            }
        }

        /// <summary>The longest wait grows by itself and is no news.</summary>
        public bool IsNews(IReadOnlyList<QueueSummary> summaries)
        {
            var isSame = _last is not null
                && summaries.Select(summary => summary with { LongestWaitSeconds = 0 }).SequenceEqual(_last);
            _last = [.. summaries.Select(summary => summary with { LongestWaitSeconds = 0 })];
            return !isSame;
        }

        private static List<(string Queue, LinePositions Positions)> MakePositions(Site site, TimeProvider clock) =>
            [.. site.Queues.Select(queue => (queue.Name, new LinePositions(clock)))];
    }
}
