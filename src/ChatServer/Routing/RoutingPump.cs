using CoPilot.ChatServer.Sites;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Keeps routing going on this node: at a hint, and when the next timer is due, it carries out due timers and applies the outbox. A site that
/// fails is tried again with growing pauses and does not hold up the others.
/// </summary>
public sealed class RoutingPump : BackgroundService
{
    private const int TimersAtOnce = 100;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>When a timer is due by this node's clock and not by the store's: clocks differ, and a busy loop would not make them agree.</summary>
    private static readonly TimeSpan PauseBeforeDue = TimeSpan.FromMilliseconds(100);

    private readonly IContactQueue _queue;
    private readonly RoutingOutbox _outbox;
    private readonly ICallMaker _calls;
    private readonly RoutingPace _pace;
    private readonly TimeProvider _clock;
    private readonly ILogger<RoutingPump> _logger;
    private readonly Dictionary<string, Signal> _signals;

    public RoutingPump(
        IContactQueue queue,
        RoutingOutbox outbox,
        ICallMaker calls,
        RoutingPace pace,
        RoutingHints hints,
        ISiteCatalog sites,
        TimeProvider clock,
        ILogger<RoutingPump> logger)
    {
        (_queue, _outbox, _calls, _pace, _clock, _logger) = (queue, outbox, calls, pace, clock, logger);
        _signals = sites.All.ToDictionary(site => site.Id, _ => new Signal(), StringComparer.Ordinal);
        hints.Listen(siteId => _signals.GetValueOrDefault(siteId)?.Set());
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_signals.Select(site => Task.Run(() => RunAsync(site.Key, site.Value, stoppingToken), stoppingToken)));

    private async Task RunAsync(string siteId, Signal signal, CancellationToken stopping)
    {
        var pause = TimeSpan.Zero;

        // What a process that ended left behind is applied at once.
        var isWoken = true;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // Read before working: whatever changes meanwhile sets the signal again.
                var fired = await _queue.FireDueTimersAsync(siteId, TimersAtOnce, stopping);
                foreach (var call in fired.Calls)
                {
                    _calls.Begin(call);
                }

                await (isWoken || fired.Count > 0 ? _outbox.DrainAsync(siteId, stopping) : _outbox.DrainLeftAsync(siteId, stopping));
                if (pause > TimeSpan.Zero)
                {
                    RoutingLog.PumpRecovered(_logger, siteId);
                    pause = TimeSpan.Zero;
                }

                isWoken = await signal.WaitAsync(_pace.Sleep(UntilDue(fired)), _clock, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The pump must outlive whatever a store throws.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (pause == TimeSpan.Zero)
                {
                    RoutingLog.PumpFails(_logger, siteId, error);
                }

                isWoken = true;
                pause = NextPause(pause);
                await Task.Delay(_pace.Sleep(pause), _clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private TimeSpan UntilDue(TimersFired fired)
    {
        if (fired.NextDue is not { } due)
        {
            return TimeSpan.MaxValue;
        }

        var wait = due - _clock.GetUtcNow();
        return fired.Count == 0 && wait < PauseBeforeDue ? PauseBeforeDue : wait;
    }

    private static TimeSpan NextPause(TimeSpan pause) =>
        pause == TimeSpan.Zero ? ShortestPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
