using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Systems;
using CoPilot.Measuring;

namespace CoPilot.LoadRunner.Runs;

/// <summary>What each process had used at one moment.</summary>
internal sealed class ProcessBorder
{
    private readonly List<Process> _processes;

    private ProcessBorder(List<Process> processes) => _processes = processes;

    /// <param name="gc">Null where pauses are not asked for.</param>
    public static ProcessBorder Read(IEnumerable<(string Role, string Name, int ProcessId)> processes, GcWatch? gc) =>
        new([.. processes.Select(process => ReadUse(process.ProcessId) is { } use
            ? new Process(process.Role, process.Name, process.ProcessId, use, gc?.PausesOf(process.ProcessId))
            : default).Where(process => process.Name is not null)]);

    /// <summary>What each that is still there used since; all that it used when it was started in between.</summary>
    public IReadOnlyList<ProcessResult> Since(ProcessBorder earlier) => [.. _processes.Select(now =>
    {
        var before = earlier._processes.Find(process => process.ProcessId == now.ProcessId);
        return new ProcessResult(
            now.Role,
            now.Name,
            (now.Use.Cpu - before.Use.Cpu).TotalSeconds,
            now.Use.ResidentBytes,
            before.Use.ResidentBytes,
            now.PausesMs is null ? null : Sum(now.PausesMs.AsSpan(before.PausesMs?.Length ?? 0)));
    })];

    /// <summary>Null when it has ended by itself or was killed just now, which is for others to tell of.</summary>
    private static ProcessUse? ReadUse(int processId)
    {
        try
        {
            return ProcessUse.Of(processId);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static GcPauses Sum(ReadOnlySpan<double> pausesMs)
    {
        var (total, longest) = (0d, 0d);
        foreach (var pause in pausesMs)
        {
            total += pause;
            longest = Math.Max(longest, pause);
        }

        return new GcPauses(pausesMs.Length, total, longest);
    }

    /// <param name="PausesMs">All so far; null where they are not known.</param>
    private readonly record struct Process(string Role, string Name, int ProcessId, ProcessUse Use, double[]? PausesMs);
}
