namespace CoPilot.Realtime.Redis;

/// <summary>
/// Ends commands that get no answer. Commands that start within the same eighth of the limit share one timer, because a timer for each is a third of what
/// waiting allocates; so a command ends between seven eighths of the limit and the limit. Thread-safe.
/// </summary>
internal sealed class CommandDeadline(TimeSpan limit, TimeProvider clock)
{
    private const int Slices = 8;

    private readonly TimeSpan _slice = limit / Slices;
    private volatile Shared? _current;

    /// <summary>Cancelled when a command that starts now has waited long enough.</summary>
    public CancellationToken Token
    {
        get
        {
            var current = _current;
            if (current is null || clock.GetElapsedTime(current.StartedAt) >= _slice)
            {
                // Two threads may both do this, then each has a timer of its own. Nobody disposes the source: it may be in use until its timer fires.
                current = _current = new Shared(clock.GetTimestamp(), new CancellationTokenSource(limit, clock));
            }

            return current.Source.Token;
        }
    }

    private sealed record Shared(long StartedAt, CancellationTokenSource Source);
}
