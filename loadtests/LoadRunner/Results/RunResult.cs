namespace CoPilot.LoadRunner.Results;

/// <summary>All that is known of one run. This, as JSON, is the truth; the pages for people are made from it.</summary>
internal sealed record RunResult
{
    public required string Scenario { get; init; }

    /// <summary>As <c>--system</c> names it.</summary>
    public required string System { get; init; }

    public required string Commit { get; init; }

    /// <summary>In one sentence.</summary>
    public required string Machine { get; init; }

    /// <summary>What else ran meanwhile, in one sentence.</summary>
    public required string Noise { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>All that were in force, whether given or not.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    public required IReadOnlyList<PhaseResult> Phases { get; init; }

    public required Correctness Correctness { get; init; }

    public required IReadOnlyList<ThresholdResult> Thresholds { get; init; }

    /// <summary>What the scenario is about when that is no latency: memory of an idle connection, the slope of a soak.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    public bool IsGood => Correctness.IsGood && Thresholds.All(threshold => threshold.IsMet);
}

/// <param name="Unit">Such as <c>KiB</c>; empty for a bare number.</param>
internal sealed record Figure(string Name, double Value, string Unit);

/// <param name="Measure">What was asked for, in words, such as <c>p99 at most 15 ms</c>.</param>
/// <param name="Value">Not a number when there was nothing to measure, which meets nothing.</param>
internal sealed record ThresholdResult(string Step, string Measure, double Limit, double Value, bool IsMet);
