using CoPilot.LoadRunner.Workers;
using static CoPilot.LoadRunner.Results.Pages.RunPage;
using static CoPilot.Measuring.MarkdownTable;

namespace CoPilot.LoadRunner.Results.Pages;

/// <summary>The tables of what was measured.</summary>
internal static class RunTables
{
    private const double Mebibyte = 1024 * 1024;

    public static IEnumerable<Block> Of(RunResult run)
    {
        PhaseResult[] measured = [.. run.Phases.Where(phase => phase.IsMeasured)];
        if (measured.Length == 0)
        {
            yield return new Warning("Nothing was measured: no phase of this run counts.");
            yield break;
        }

        yield return new Heading("Steps");
        yield return Steps(measured);
        if (measured.Any(phase => phase.Steps.Any(step => step.Failed.Count > 0)))
        {
            yield return Failures(measured);
        }

        if (measured.Any(phase => phase.Counters.Count > 0))
        {
            yield return Counters(measured);
        }

        if (measured.Any(phase => phase.Processes.Count > 0))
        {
            yield return new Heading("Processes");
            yield return Processes(measured);
        }

        if (measured.Any(phase => phase.Processes.Any(process => process.GcPauses is not null)))
        {
            yield return Pauses(measured);
        }
    }

    private static Table Steps(PhaseResult[] phases) => new(
        "Measured phases only; times in milliseconds.",
        ["phase", "step", "ok", "ok a second", "failed", "p50", "p90", "p99", "p99.9", "slowest"],
        [
            .. from phase in phases
               from step in phase.Steps.OrderBy(step => step.Name == WorkerContext.Lateness)
               select (string[])
               [
                   phase.Name, step.Name, Whole(step.Ok), Number(step.Ok / phase.Seconds), Whole(step.Failed.Sum(each => each.Count)),
                   Number(step.P50Ms), Number(step.P90Ms), Number(step.P99Ms), Number(step.P999Ms), Number(step.MaxMs),
               ],
        ],
        2);

    private static Table Failures(PhaseResult[] phases) => new(
        "What failed, and why.",
        ["phase", "step", "why", "times"],
        [.. from phase in phases from step in phase.Steps from each in step.Failed select (string[])[phase.Name, step.Name, each.Code, Whole(each.Count)]], 3);

    private static Table Counters(PhaseResult[] phases) => new(
        "Counted.",
        ["phase", "what", "count", "a second"],
        [.. from phase in phases from each in phase.Counters select (string[])[phase.Name, each.Name, Whole(each.Count), Number(each.Count / phase.Seconds)]], 2);

    private static Table Processes(PhaseResult[] phases) => new(
        "CPU on all cores: 100% is one core.",
        ["phase", "role", "process", "CPU s", "CPU %", "memory MiB", "change MiB"],
        [
            .. from phase in phases
               from each in phase.Processes
               select (string[])
               [
                   phase.Name, each.Role, each.Name, Number(each.CpuSeconds), Number(100 * each.CpuSeconds / phase.Seconds),
                   Number(each.ResidentBytes / Mebibyte), Number((each.ResidentBytes - each.ResidentBytesBefore) / Mebibyte),
               ],
        ],
        3);

    private static Table Pauses(PhaseResult[] phases) => new(
        "Pauses of the garbage collector; times in milliseconds.",
        ["phase", "process", "pauses", "together", "longest"],
        [
            .. from phase in phases
               from each in phase.Processes
               where each.GcPauses is not null
               select (string[])[phase.Name, each.Name, Whole(each.GcPauses!.Count), Number(each.GcPauses.TotalMs), Number(each.GcPauses.MaxMs)],
        ],
        2);
}
