using System.Diagnostics;

namespace CoPilot.LoadRunner.Load;

/// <summary>Something that is counted and takes no time, phase by phase, such as deliveries. Thread-safe.</summary>
internal sealed class Counter(string name, PhaseClock clock)
{
    private readonly long[] _counts = new long[clock.Count];

    public string Name => name;

    public void Add(long count = 1) => AddAt(Stopwatch.GetTimestamp(), count);

    /// <param name="moment">Of the phase that it belongs to, such as when the message was to be sent that arrived now.</param>
    public void AddAt(long moment, long count = 1) => Interlocked.Add(ref _counts[clock.PhaseOf(moment)], count);

    public long In(int phase) => Volatile.Read(ref _counts[phase]);
}
