namespace CoPilot.TestKit;

/// <summary>A clock that moves only when told, backwards too; timers fire inside <see cref="Advance"/>. Thread-safe.</summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;
    private long _elapsedTicks;
    private TaskCompletionSource _timerSet = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsedTicks;
        }
    }

    public void Advance(TimeSpan by)
    {
        lock (_gate)
        {
            _now += by;
            _elapsedTicks += by.Ticks;
        }

        FireDueTimers();
    }

    /// <summary>Moves the wall clock alone, as an operator or NTP does; timers, which count elapsed time, are not moved.</summary>
    public void StepWallClock(TimeSpan by)
    {
        lock (_gate)
        {
            _now += by;
        }
    }

    /// <summary>Waits until somebody waits for this clock, so that moving it reaches them.</summary>
    public async Task TimerSetAsync()
    {
        while (true)
        {
            Task set;
            lock (_gate)
            {
                if (_timers.Count > 0)
                {
                    return;
                }

                set = _timerSet.Task;
            }

            await set.Within();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void FireDueTimers()
    {
        while (TakeDueTimer() is { } timer)
        {
            timer.Fire();
        }
    }

    private ManualTimer? TakeDueTimer()
    {
        lock (_gate)
        {
            var due = _timers.Where(timer => timer.DueTicks <= _elapsedTicks).MinBy(timer => timer.DueTicks);
            if (due is null)
            {
                return null;
            }

            if (due.Period is { Ticks: var period })
            {
                // Once for all the periods that are over, as after a machine's sleep: a month of seconds would keep the test busy for as many ticks.
                due.DueTicks += ((_elapsedTicks - due.DueTicks) / period + 1) * period;
            }
            else
            {
                _timers.Remove(due);
            }

            return due;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public long DueTicks { get; set; }

        public TimeSpan? Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                Period = period > TimeSpan.Zero ? period : null;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    DueTicks = clock._elapsedTicks + dueTime.Ticks;
                    clock._timers.Add(this);
                    clock._timerSet.TrySetResult();
                    clock._timerSet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
