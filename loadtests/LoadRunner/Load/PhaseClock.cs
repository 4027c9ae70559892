namespace CoPilot.LoadRunner.Load;

/// <summary>
/// Tells which phase a moment belongs to; 0 is the preparation. What was to happen in a phase counts there even when it ends in the next one, so the
/// slowest are not left out. Thread-safe.
/// </summary>
/// <param name="phases">How many there will be besides the preparation.</param>
internal sealed class PhaseClock(int phases)
{
    private readonly long[] _starts = new long[phases + 1];
    private int _current;

    public int Current => Volatile.Read(ref _current);

    public int Count => _starts.Length;

    /// <param name="at">As <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> gives it; it may be still to come.</param>
    public void Begin(int phase, long at)
    {
        _starts[phase] = at;
        Volatile.Write(ref _current, phase);
    }

    public long StartOf(int phase) => Volatile.Read(ref _starts[phase]);

    public int PhaseOf(long moment)
    {
        var phase = Current;
        while (phase > 0 && moment < _starts[phase])
        {
            phase--;
        }

        return phase;
    }
}
