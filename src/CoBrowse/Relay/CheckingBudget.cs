namespace CoPilot.CoBrowse.Relay;

/// <summary>
/// How much of one session's pages is looked at, whichever connection they come from: small calls can hold large pages, and the number of calls alone would let one
/// customer keep a core busy. Thread-safe.
/// </summary>
internal sealed class CheckingBudget(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _owed;
    private long _at = clock.GetTimestamp();

    public void Spend(long bytes)
    {
        lock (_gate)
        {
            Settle();
            _owed += bytes;
        }
    }

    /// <summary>How long to wait before more is looked at; null when it may come now.</summary>
    public TimeSpan? FindWait()
    {
        lock (_gate)
        {
            Settle();
            return _owed > RelayLimits.CheckedBytesAtOnce
                ? TimeSpan.FromSeconds((_owed - RelayLimits.CheckedBytesAtOnce) / RelayLimits.CheckedBytesPerSecond)
                : null;
        }
    }

    private void Settle()
    {
        var now = clock.GetTimestamp();
        _owed = Math.Max(0, _owed - (clock.GetElapsedTime(_at, now).TotalSeconds * RelayLimits.CheckedBytesPerSecond));
        _at = now;
    }
}
