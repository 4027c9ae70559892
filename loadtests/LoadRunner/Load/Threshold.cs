namespace CoPilot.LoadRunner.Load;

/// <summary>What is asked of a step over all measured phases together; a run that misses one fails.</summary>
internal sealed record Threshold(string Step, ThresholdMeasure Measure, double Limit)
{
    /// <summary>Whether it is a least or a most.</summary>
    public bool IsLeast => Measure is ThresholdMeasure.OkPerSecond;

    public bool IsMetBy(double value) => IsLeast ? value >= Limit : value <= Limit;
}

internal enum ThresholdMeasure
{
    /// <summary>Failed of all, 0 to 1, at most.</summary>
    FailedShare,

    /// <summary>Milliseconds, at most.</summary>
    P50Ms,

    /// <summary>Milliseconds, at most.</summary>
    P99Ms,

    /// <summary>Milliseconds, at most.</summary>
    P999Ms,

    /// <summary>At least.</summary>
    OkPerSecond,
}
