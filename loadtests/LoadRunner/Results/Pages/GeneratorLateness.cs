using CoPilot.LoadRunner.Workers;
using static CoPilot.Measuring.MarkdownTable;

namespace CoPilot.LoadRunner.Results.Pages;

/// <summary>Whether the figures say something of the system, or of the generator that could not keep up.</summary>
internal static class GeneratorLateness
{
    /// <summary>The pacer wakes every half millisecond; ten times that is no longer its grain.</summary>
    public const double BearableMs = 5;

    /// <summary>99% of all starts were at most so late; not a number where nothing was paced.</summary>
    public static double P99Ms(PhaseResult phase) => phase.Steps.FirstOrDefault(step => step.Name == WorkerContext.Lateness)?.P99Ms ?? double.NaN;

    public static bool IsBottleneck(PhaseResult phase) => P99Ms(phase) > BearableMs;

    public static IEnumerable<Block> Warn(RunResult run) =>
        from phase in run.Phases
        where phase.IsMeasured && IsBottleneck(phase)
        select new Warning(
            $"In \"{phase.Name}\" one in a hundred starts was more than {Number(P99Ms(phase))} ms late: the generator could not keep up, so its times say more of the generator than of the system.");
}
