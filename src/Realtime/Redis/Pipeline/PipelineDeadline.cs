namespace CoPilot.Realtime.Redis.Pipeline;

/// <summary>
/// Counts the eighths of a limit one after the other, so that a command ends between seven eighths of it and the whole. One timer for all commands of a connection; and as
/// eighths are counted, not time, a process that stood still takes no more than one of them for Redis' silence.
/// </summary>
internal sealed class PipelineDeadline : IDisposable
{
    public const long Never = long.MaxValue;
    private const int Slices = 8;

    private readonly Action<long> _ended;
    private readonly TimeSpan _slice;
    private readonly ITimer _timer;
    private long _current;
    private volatile bool _isDisposed;

    /// <param name="ended">Called with the number of each slice that ended, one call at a time.</param>
    public PipelineDeadline(TimeSpan limit, TimeProvider clock, Action<long> ended)
    {
        (_slice, _ended) = (limit / Slices, ended);
        _timer = clock.CreateTimer(static deadline => ((PipelineDeadline)deadline!).EndSlice(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(_slice, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The one at the end of which a command ends that starts now.</summary>
    public long LastSlice => Volatile.Read(ref _current) + Slices - 1;

    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    private void EndSlice()
    {
        if (_isDisposed)
        {
            return;
        }

        var ended = Interlocked.Increment(ref _current) - 1;
        _ended(ended);
        _timer.Change(_slice, Timeout.InfiniteTimeSpan);
    }
}
