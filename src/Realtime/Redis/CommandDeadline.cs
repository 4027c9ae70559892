namespace CoPilot.Realtime.Redis;

/// <summary>
/// Ends commands that get no answer. Commands that start within the same slice (<see cref="LimitSlices"/>) share one timer, because a timer for each is a third of what
/// waiting allocates; so a command ends between seven eighths of the limit and the limit. Thread-safe.
/// </summary>
internal sealed class CommandDeadline(TimeSpan limit, TimeProvider clock)
{
    private readonly TimeSpan _slice = LimitSlices.Of(limit);
    private volatile Shared? _current;

    /// <summary>Cancelled when a command that starts now has waited long enough.</summary>
    public CancellationToken Token
    {
        get
        {
            var current = _current;
            if (current is null || clock.GetElapsedTime(current.StartedAt) >= _slice)
            {
                // Two threads may both do this, then each has a timer of its own.
                current = _current = new Shared(clock, _slice);
            }

            return current.Token;
        }
    }

#pragma warning disable CA1001 // The source may be in use until it is cancelled, and then has nothing left to dispose; the timer ends itself.
    private sealed class Shared
#pragma warning restore CA1001
    {
        private readonly CancellationTokenSource _source = new();
        private readonly ITimer _timer;
        private readonly TimeSpan _slice;
        private int _slicesLeft = LimitSlices.Count;

        public Shared(TimeProvider clock, TimeSpan slice)
        {
            (_slice, StartedAt) = (slice, clock.GetTimestamp());
            _timer = clock.CreateTimer(static shared => ((Shared)shared!).EndSlice(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(slice, Timeout.InfiniteTimeSpan);
        }

        public long StartedAt { get; }

        public CancellationToken Token => _source.Token;

        private void EndSlice()
        {
            if (--_slicesLeft > 0)
            {
                _timer.Change(_slice, Timeout.InfiniteTimeSpan);
                return;
            }

            _timer.Dispose();
            _source.Cancel();
        }
    }
}
