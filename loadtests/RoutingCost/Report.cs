using System.Globalization;
using CoPilot.Measuring;

namespace CoPilot.RoutingCost;

/// <summary>The costs of an engine's steps as tables, a column for each length of the line.</summary>
internal static class Report
{
    public static string Write(MeasuredEngine engine, StepCosts costs, IReadOnlyList<int> lengths)
    {
        var text = $"## {engine.Name}\n\n"
            + Table("Time, µs: median / p99", costs, lengths, cost => cost.Time, samples => samples.Percentile(0.5), WriteTime)
            + Table("CPU time of this process, µs: mean", costs, lengths, cost => cost.Cpu);
        if (engine.HasRedis)
        {
            text += Table("CPU time of Redis, µs: mean", costs, lengths, cost => cost.RedisCpu)
                + Table("Round trips to Redis", costs, lengths, cost => cost.RoundTrips);
        }

        return text;
    }

    private static string Table(string name, StepCosts costs, IReadOnlyList<int> lengths, Func<Cost, Samples> choose) =>
        Table(name, costs, lengths, choose, samples => samples.Mean, samples => MarkdownTable.Number(samples.Mean));

    /// <param name="middle">What the last columns compare.</param>
    private static string Table(
        string name,
        StepCosts costs,
        IReadOnlyList<int> lengths,
        Func<Cost, Samples> choose,
        Func<Samples, double> middle,
        Func<Samples, string> write)
    {
        var (longest, other) = (lengths[^1], lengths[Math.Max(0, lengths.Count - 3)]);
        var table = new MarkdownTable([name, .. lengths.Select(Thousands), $"{Thousands(longest)} : {Thousands(other)}", "n"]);
        foreach (var step in costs.Steps)
        {
            var samples = lengths.Select(length => choose(costs.Of(step, length))).ToList();
            var ratio = MarkdownTable.Ratio(middle(choose(costs.Of(step, longest))), middle(choose(costs.Of(step, other))));
            table.Add([step, .. samples.Select(write), ratio, Thousands(samples[^1].Count)]);
        }

        return table + "\n";
    }

    private static string WriteTime(Samples samples) =>
        samples.Count == 0 ? "–" : $"{MarkdownTable.Number(samples.Percentile(0.5))} / {MarkdownTable.Number(samples.Percentile(0.99))}";

    private static string Thousands(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
