using System.Globalization;
using CoPilot.LoadRunner.Workers;
using static CoPilot.Measuring.MarkdownTable;

namespace CoPilot.LoadRunner.Results.Pages;

/// <summary>What a run's report says, and in which order: whether it was good, what of it to believe, then the figures.</summary>
internal static class RunPage
{
    public static Page Of(RunResult run) => new(
        $"{run.Scenario} on {run.System}",
        run.IsGood,
        Verdict(run),
        [
            .. GeneratorLateness.Warn(run),
            .. Thresholds(run),
            .. Correctness(run),
            .. Figures(run),
            .. RunTables.Of(run),
            .. RunPlots.Of(run),
            .. Circumstances(run),
        ]);

    private static string Verdict(RunResult run)
    {
        var missed = run.Thresholds.Count(threshold => !threshold.IsMet);
        var parts = new[]
        {
            run.Correctness.IsGood ? "Nothing was lost, doubled or out of order." : "It was not correct: see below.",
            missed > 0 ? $"{missed} of {run.Thresholds.Count} thresholds missed." : run.Thresholds.Count > 0 ? "All thresholds met." : "No thresholds were set.",
        };
        return string.Join(' ', parts);
    }

    private static IEnumerable<Block> Thresholds(RunResult run) => run.Thresholds.Count == 0
        ? []
        :
        [
            new Heading("Thresholds"),
            new Table("", ["step", "asked", "measured", "verdict"], [.. run.Thresholds.Select(each =>
                (string[])[each.Step, each.Measure, Number(each.Value), each.IsMet ? "met" : "MISSED"])], 2),
        ];

    private static IEnumerable<Block> Correctness(RunResult run)
    {
        var it = run.Correctness;
        yield return new Heading("Correctness");
        yield return new Table(
            "All phases, the warm-up too.",
            ["sent", "delivered", "lost", "doubled", "out of order", "other failures"],
            [[Whole(it.Sent), Whole(it.Delivered), Whole(it.Lost), Whole(it.Doubled), Whole(it.Reordered), Whole(it.FailureCount)]], 0);
        if (it.Failures.Count > 0)
        {
            yield return new Paragraph(it.FailureCount > it.Failures.Count ? $"The first {it.Failures.Count} of {Whole(it.FailureCount)} failures:" : "Failures:");
            yield return new Excerpt(it.Failures);
        }
    }

    private static IEnumerable<Block> Figures(RunResult run) => run.Figures.Count == 0
        ? []
        : [new Heading("Figures"), new Table("", ["what", "value", "unit"], [.. run.Figures.Select(each => (string[])[each.Name, Number(each.Value), each.Unit])])];

    private static IEnumerable<Block> Circumstances(RunResult run) =>
    [
        new Heading("Circumstances"),
        new Table(
            "",
            ["what", "value"],
            [
                ["began", run.StartedAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)],
                ["commit", run.Commit],
                ["machine", run.Machine],
                ["noise", run.Noise],
                .. run.Options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => (string[])["--" + option.Key, option.Value]),
            ],
        2),
        new Paragraph(
            "Times are from the moment at which something was to begin, not from when it did, so a delay that the system forces on the generator counts too. "
            + $"\"{WorkerContext.Lateness}\" is how late the generator itself was: it is part of every time."),
    ];

    public static string Whole(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
