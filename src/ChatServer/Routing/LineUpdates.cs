using CoPilot.ChatServer.Hubs;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Pushes places in line to customers and the state of the queues to agents, at most once a second per site and only what changed. Hints wake it;
/// while nothing changes it does nothing.
/// </summary>
public sealed class LineUpdates : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly IContactQueue _queue;
    private readonly IChatNotifier _notifier;
    private readonly RoutingMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<LineUpdates> _logger;
    private readonly List<SiteLines> _sites;

    public LineUpdates(
        IContactQueue queue,
        IChatNotifier notifier,
        RoutingHints hints,
        RoutingMetrics metrics,
        ISiteCatalog sites,
        TimeProvider clock,
        ILogger<LineUpdates> logger)
    {
        (_queue, _notifier, _metrics, _clock, _logger) = (queue, notifier, metrics, clock, logger);
        _sites = [.. sites.All.Select(site => new SiteLines(site, clock))];
        var signals = _sites.ToDictionary(lines => lines.Site.Id, lines => lines.Signal, StringComparer.Ordinal);
        hints.Listen(siteId => signals.GetValueOrDefault(siteId)?.Set());
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_sites.Select(lines => Task.Run(() => RunAsync(lines, stoppingToken), stoppingToken)));

    private async Task RunAsync(SiteLines lines, CancellationToken stopping)
    {
        var fails = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var next = await UpdateAsync(lines, stopping);
                fails = false;
                await Task.Delay(Interval, _clock, stopping);
                await lines.Signal.WaitAsync(next - Interval ?? TimeSpan.MaxValue, _clock, stopping);
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
        var queues = await _queue.GetQueuesAsync(lines.Site.Id, cancellationToken);
        _metrics.QueuesSeen(lines.Site.Id, queues);
        var summaries = RoutingResults.ToSummaries(lines.Site, queues, _clock.GetUtcNow());
        if (lines.IsNews(summaries))
        {
            _notifier.QueuesChanged(lines.Site.Id, new QueuesChangedEvent(summaries));
        }

        TimeSpan? next = null;
        foreach (var (queue, positions) in lines.Positions)
        {
            var line = await _queue.GetLineAsync(lines.Site.Id, queue, cancellationToken);
            if (positions.Update(line, Tell) is { } wait && (next is null || wait < next))
            {
                next = wait;
            }
        }

        return next;
    }

    private void Tell(LinePosition place) => _notifier.ContactChanged(
        place.CustomerId, new ContactChangedEvent(place.ContactId, place.State, place.ConversationId, place.Position));

    /// <summary>What one site's people were told last.</summary>
    private sealed class SiteLines(Site site, TimeProvider clock)
    {
        private IReadOnlyList<QueueSummary>? _last;

        public Site Site => site;

        public Signal Signal { get; } = new();

        public IReadOnlyList<(string Queue, LinePositions Positions)> Positions { get; } =
            [.. site.Queues.Select(queue => (queue.Name, new LinePositions(clock)))];

        /// <summary>The longest wait grows by itself and is no news.</summary>
        public bool IsNews(IReadOnlyList<QueueSummary> summaries)
        {
            var isSame = _last is not null
                && summaries.Select(summary => summary with { LongestWaitSeconds = 0 }).SequenceEqual(_last);
            _last = [.. summaries.Select(summary => summary with { LongestWaitSeconds = 0 })];
            return !isSame;
        }
    }
}
