using System.Collections.Concurrent;
using System.Diagnostics;

namespace CoPilot.LoadRunner.Load;

/// <summary>How a step of a scenario went, phase by phase: an outcome belongs to the phase of its intended moment. Thread-safe.</summary>
internal sealed class StepMetrics(string name, PhaseClock clock)
{
    private readonly StepTally?[] _tallies = new StepTally?[clock.Count];

    public string Name => name;

    /// <summary>It has succeeded now.</summary>
    /// <param name="intended">When it was to begin, as <see cref="Stopwatch.GetTimestamp"/> tells time.</param>
    public void Ok(long intended) => Ok(intended, Stopwatch.GetTimestamp());

    public void Ok(long intended, long finished) => Tally(clock.PhaseOf(intended)).Add(Stopwatch.GetElapsedTime(intended, finished));

    /// <param name="code">An error code or another short word; reports have a row for each.</param>
    public void Fail(long intended, string code) => Tally(clock.PhaseOf(intended)).Fail(code);

    public StepTally? In(int phase) => Volatile.Read(ref _tallies[phase]);

    private StepTally Tally(int phase) =>
        Volatile.Read(ref _tallies[phase]) ?? Interlocked.CompareExchange(ref _tallies[phase], new StepTally(), null) ?? _tallies[phase]!;
}

/// <summary>A step in one phase. Thread-safe.</summary>
internal sealed class StepTally
{
    private readonly ConcurrentDictionary<string, long> _failed = new(StringComparer.Ordinal);

    public LatencyHistogram Latency { get; } = new();

    public IReadOnlyDictionary<string, long> Failed => _failed;

    public void Add(TimeSpan latency) => Latency.Add(latency);

    public void Fail(string code, long times = 1) => _failed.AddOrUpdate(code, times, (_, before) => before + times);

    public void Merge(StepTally other) => Merge(other.Latency, other.Failed);

    public void Merge(LatencyHistogram latency, IReadOnlyDictionary<string, long> failed)
    {
        Latency.Merge(latency);
        foreach (var (code, times) in failed.Where(entry => entry.Value > 0))
        {
            Fail(code, times);
        }
    }
}
