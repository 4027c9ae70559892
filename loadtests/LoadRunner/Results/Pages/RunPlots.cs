using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results.Plots;
using CoPilot.LoadRunner.Workers;
using static CoPilot.Measuring.MarkdownTable;

namespace CoPilot.LoadRunner.Results.Pages;

/// <summary>The pictures of a run: how the slow ones differ from most, and how it went over time.</summary>
internal static class RunPlots
{
    private const int CurvePoints = 90;

    public static IEnumerable<Block> Of(RunResult run)
    {
        Block[] plots = [.. Curves(run), .. OverTime(run)];
        return plots.Length == 0 ? [] : [new Heading("Plots"), .. plots];
    }

    private static IEnumerable<Block> Curves(RunResult run)
    {
        var curves =
            from phase in run.Phases
            where phase.IsMeasured
            from step in phase.Steps
            where step.Ok > 0
            group step by step.Name into steps
            orderby steps.Key == WorkerContext.Lateness
            select (Name: steps.Key, Latency: Merged(steps));
        (string Name, LatencyHistogram Latency)[] all = [.. curves];
        if (all.Length == 0)
        {
            yield break;
        }

        var x = new PercentileAxis("share of all that took at most so long", all.Max(each => each.Latency.Count));
        var lines = all.Select(each => new PlottedLine(each.Name, Curve(each.Latency, x))).ToArray();
        yield return new Picture(new LinePlot(
            "Times by percentile",
            string.Join(' ', all.Select(each => $"{each.Name}: half within {Number(each.Latency.PercentileMs(0.5))} ms, 99% within {Number(each.Latency.PercentileMs(0.99))} ms.")),
            x,
            LogOf("milliseconds", lines),
            lines));
    }

    private static LatencyHistogram Merged(IEnumerable<StepResult> steps)
    {
        var whole = new LatencyHistogram();
        foreach (var step in steps)
        {
            whole.Merge(LatencyHistogram.Decode(step.Histogram));
        }

        return whole;
    }

    /// <summary>As far as this step's own number of measurements says something.</summary>
    private static IReadOnlyList<(double X, double Y)> Curve(LatencyHistogram latency, PercentileAxis axis)
    {
        var largest = new PercentileAxis("", latency.Count).Largest;
        return [.. axis.Shares(CurvePoints).Where(share => share <= largest + 1e-12).Select(share => (share, latency.PercentileMs(share)))];
    }

    private static IEnumerable<Block> OverTime(RunResult run)
    {
        var points = Placed(run);
        string[] steps = [.. points.Select(point => point.Step).Distinct().Where(step => step != WorkerContext.Lateness)];
        if (steps.Length == 0)
        {
            yield break;
        }

        PlottedLine[] rates = [.. steps.Select(step => new PlottedLine(step, Line(points, step, point => point.Ok)))];
        PlottedLine[] failures = [.. steps.Where(step => points.Any(point => point.Step == step && point.Failed > 0))
            .Select(step => new PlottedLine(step + " failed", Line(points, step, point => point.Failed)))];
        PlottedLine[] times = [.. steps.Select(step => new PlottedLine(step, Line(points, step, point => point.P99Ms)))];
        var seconds = new LinearAxis("seconds", points.Max(point => point.Second));
        yield return new Picture(new LinePlot(
            "Each second: how many",
            "What succeeded in each second, step by step.",
            seconds,
            LinearOf("a second", [.. rates, .. failures]),
            [.. rates, .. failures],
            Bands(run)));
        yield return new Picture(new LinePlot(
            "Each second: 99% within", "The 99th percentile of each second, step by step.", seconds, LogOf("milliseconds", times), times, Bands(run)));
    }

    /// <summary>All phases one after the other.</summary>
    private static SeriesPoint[] Placed(RunResult run)
    {
        var begin = 0.0;
        var placed = new List<SeriesPoint>();
        foreach (var phase in run.Phases)
        {
            var at = begin;
            placed.AddRange(phase.Series.Where(point => point.Second <= phase.Seconds + 0.5).Select(point => point with { Second = at + point.Second }));
            begin += phase.Seconds;
        }

        return [.. placed];
    }

    private static PlottedBand[] Bands(RunResult run)
    {
        var begin = 0.0;
        var bands = new List<PlottedBand>();
        foreach (var phase in run.Phases)
        {
            if (!phase.IsMeasured)
            {
                bands.Add(new PlottedBand(phase.Name, begin, begin + phase.Seconds));
            }

            begin += phase.Seconds;
        }

        return [.. bands];
    }

    private static IReadOnlyList<(double X, double Y)> Line(SeriesPoint[] points, string step, Func<SeriesPoint, double> value) =>
        [.. points.Where(point => point.Step == step).Select(point => (point.Second, value(point)))];

    private static LinearAxis LinearOf(string title, PlottedLine[] lines) =>
        new(title, lines.SelectMany(line => line.Points).Select(point => point.Y).Where(double.IsFinite).DefaultIfEmpty(1).Max());

    private static LogAxis LogOf(string title, PlottedLine[] lines)
    {
        double[] values = [.. lines.SelectMany(line => line.Points).Select(point => point.Y).Where(value => value > 0).DefaultIfEmpty(1)];
        return new LogAxis(title, values.Min(), values.Max());
    }
}
