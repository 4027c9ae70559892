using CoPilot.LoadRunner.Load;

namespace CoPilot.LoadRunner.Results;

/// <summary>How a step went in one phase, over all workers. Times are not a number when none succeeded.</summary>
/// <param name="Histogram">As <see cref="LatencyHistogram.Encode"/> makes it: all the times, so that nothing has to be measured again to ask more of it.</param>
internal sealed record StepResult(
    string Name,
    long Ok,
    IReadOnlyList<FailureCount> Failed,
    string Histogram,
    double P50Ms,
    double P90Ms,
    double P99Ms,
    double P999Ms,
    double MaxMs)
{
    public static StepResult Of(string name, LatencyHistogram latency, IEnumerable<KeyValuePair<string, long>> failed) => new(
        name,
        latency.Count,
        [.. failed.OrderByDescending(each => each.Value).ThenBy(each => each.Key, StringComparer.Ordinal).Select(each => new FailureCount(each.Key, each.Value))],
        latency.Encode(),
        latency.PercentileMs(0.5),
        latency.PercentileMs(0.9),
        latency.PercentileMs(0.99),
        latency.PercentileMs(0.999),
        latency.MaxMs);
}

internal sealed record FailureCount(string Code, long Count);
