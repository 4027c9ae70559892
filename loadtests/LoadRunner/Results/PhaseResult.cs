namespace CoPilot.LoadRunner.Results;

internal sealed record PhaseResult
{
    public required string Name { get; init; }

    public required bool IsMeasured { get; init; }

    /// <summary>How long its load took.</summary>
    public required double Seconds { get; init; }

    public required IReadOnlyList<StepResult> Steps { get; init; }

    public IReadOnlyList<CounterResult> Counters { get; init; } = [];

    public IReadOnlyList<ProcessResult> Processes { get; init; } = [];

    public IReadOnlyList<SeriesPoint> Series { get; init; } = [];
}

internal sealed record CounterResult(string Name, long Count);

/// <summary>A step in one second of a phase.</summary>
/// <param name="Second">Since the phase began.</param>
internal sealed record SeriesPoint(string Step, double Second, long Ok, long Failed, double P99Ms);

/// <summary>What one process used in a phase.</summary>
/// <param name="Role"><c>server</c>, <c>redis</c> or <c>worker</c>.</param>
/// <param name="ResidentBytes">At the phase's end.</param>
/// <param name="ResidentBytesBefore">At its begin.</param>
internal sealed record ProcessResult(
    string Role, string Name, double CpuSeconds, long ResidentBytes, long ResidentBytesBefore, GcPauses? GcPauses = null);

internal sealed record GcPauses(long Count, double TotalMs, double MaxMs);
