using System.Diagnostics;

namespace CoPilot.Measuring;

/// <summary>What a process has used so far.</summary>
/// <param name="Cpu">On all cores, in the kernel too; to a hundredth of a second.</param>
/// <param name="ResidentBytes">Memory that it has now, garbage and shared libraries included.</param>
public readonly record struct ProcessUse(TimeSpan Cpu, long ResidentBytes)
{
    public static ProcessUse Of(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return new ProcessUse(process.TotalProcessorTime, process.WorkingSet64);
    }

    public static ProcessUse operator +(ProcessUse one, ProcessUse other) =>
        new(one.Cpu + other.Cpu, one.ResidentBytes + other.ResidentBytes);

    public static ProcessUse operator -(ProcessUse later, ProcessUse earlier) =>
        new(later.Cpu - earlier.Cpu, later.ResidentBytes - earlier.ResidentBytes);

    public static ProcessUse Add(ProcessUse left, ProcessUse right) => left + right;

    public static ProcessUse Subtract(ProcessUse left, ProcessUse right) => left - right;
}
