using CoPilot.LoadRunner.Results;
using CoPilot.Measuring;

namespace CoPilot.LoadRunner.Runs;

/// <summary>What each process had used at one moment.</summary>
internal sealed class ProcessBorder
{
    private readonly List<(string Role, string Name, int ProcessId, ProcessUse Use)> _uses;

    private ProcessBorder(List<(string Role, string Name, int ProcessId, ProcessUse Use)> uses) => _uses = uses;

    public static ProcessBorder Read(IEnumerable<(string Role, string Name, int ProcessId)> processes) =>
        new([.. processes.Select(process => (process.Role, process.Name, process.ProcessId, ProcessUse.Of(process.ProcessId)))]);

    /// <summary>What each that is still there used since; all that it used when it was started in between.</summary>
    public IReadOnlyList<ProcessResult> Since(ProcessBorder earlier) => [.. _uses.Select(now =>
    {
        var before = earlier._uses.Find(use => use.ProcessId == now.ProcessId).Use;
        return new ProcessResult(now.Role, now.Name, (now.Use.Cpu - before.Cpu).TotalSeconds, now.Use.ResidentBytes, before.ResidentBytes, null);
    })];
}
