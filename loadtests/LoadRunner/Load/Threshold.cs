using System.Globalization;

namespace CoPilot.LoadRunner.Load;

/// <summary>What is asked of a step over all measured phases together; a run that misses one fails.</summary>
internal sealed record Threshold(string Step, ThresholdMeasure Measure, double Limit)
{
    /// <summary>Whether it is a least or a most.</summary>
    public bool IsLeast => Measure is ThresholdMeasure.OkPerSecond;

    /// <summary>Not by what is not a number.</summary>
    public bool IsMetBy(double value) => IsLeast ? value >= Limit : value <= Limit;

    /// <summary>Not a number when the step never happened.</summary>
    public double ValueOf(StepTally step, double seconds)
    {
        var (ok, failed) = (step.Latency.Count, step.Failed.Values.Sum());
        return Measure switch
        {
            ThresholdMeasure.FailedShare => ok + failed == 0 ? double.NaN : (double)failed / (ok + failed),
            ThresholdMeasure.P50Ms => step.Latency.PercentileMs(0.5),
            ThresholdMeasure.P99Ms => step.Latency.PercentileMs(0.99),
            ThresholdMeasure.P999Ms => step.Latency.PercentileMs(0.999),
            ThresholdMeasure.OkPerSecond => ok / seconds,
            _ => throw new ArgumentOutOfRangeException(nameof(step), Measure, null),
        };
    }

    public string Words => Measure switch
    {
        ThresholdMeasure.FailedShare => string.Create(CultureInfo.InvariantCulture, $"failed at most {Limit:P2}"),
        ThresholdMeasure.OkPerSecond => string.Create(CultureInfo.InvariantCulture, $"at least {Limit} a second"),
        ThresholdMeasure.P50Ms => string.Create(CultureInfo.InvariantCulture, $"p50 at most {Limit} ms"),
        ThresholdMeasure.P99Ms => string.Create(CultureInfo.InvariantCulture, $"p99 at most {Limit} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"p99.9 at most {Limit} ms"),
    };
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
