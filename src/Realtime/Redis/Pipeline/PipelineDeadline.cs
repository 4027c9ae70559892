namespace CoPilot.Realtime.Redis.Pipeline;

/// <summary>
/// Counts the <see cref="LimitSlices"/>, so that a command ends between seven eighths of the limit and the whole. One timer for all commands of a connection.
/// </summary>
internal sealed class PipelineDeadline : IDisposable
{
    public const long Never = long.MaxValue;

    private readonly Action<long> _ended;
    private readonly TimeSpan _slice;
    private readonly ITimer _timer;
    private long _current;
    private volatile bool _isDisposed;

    /// <param name="ended">Called with the number of each slice that ended, one call at a time.</param>
    public PipelineDeadline(TimeSpan limit, TimeProvider clock, Action<long> ended)
    {
        (_slice, _ended) = (LimitSlices.Of(limit), ended);
        _timer = clock.CreateTimer(static deadline => ((PipelineDeadline)deadline!).EndSlice(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(_slice, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The one at the end of which a command ends that starts now.</summary>
    public long LastSlice => Volatile.Read(ref _current) + LimitSlices.Count - 1;

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
