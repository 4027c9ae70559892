using System.Globalization;
using System.Runtime.InteropServices;

namespace CoPilot.Measuring;

/// <summary>The machine, and what else ran on it while something was measured: figures without it say little. Linux only, from <c>/proc</c>.</summary>
public sealed class Machine
{
    private const double TicksPerSecond = 100;

    private readonly string _load = ReadLoad();
    private readonly CpuTicks _before = CpuTicks.Read();

    /// <summary>What it is, in one sentence.</summary>
    public static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores ({model}).");
    }

    /// <summary>What ran since this was made, in one sentence.</summary>
    /// <param name="own">The CPU time of all that was measured and of what measured it.</param>
    public string Tell(TimeSpan own)
    {
        var since = CpuTicks.Read() - _before;
        var others = Math.Max(0, (since.Busy / TicksPerSecond) - own.TotalSeconds) / (since.Total / TicksPerSecond);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Load {_load} before, {ReadLoad()} after; meanwhile other programs took {others:P0} of the machine and the hypervisor {since.Stolen / since.Total:P1}.");
    }

    private static string ReadLoad() => string.Join(", ", File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    /// <summary>Of all cores, since the machine started.</summary>
    private readonly record struct CpuTicks(double Busy, double Stolen, double Total)
    {
        public static CpuTicks Read()
        {
            // user nice system idle iowait irq softirq steal; what guests had is in user already.
            var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
                .Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
            return new CpuTicks(ticks.Sum() - ticks[3] - ticks[4] - ticks[7], ticks[7], ticks.Sum());
        }

        public static CpuTicks operator -(CpuTicks later, CpuTicks earlier) =>
            new(later.Busy - earlier.Busy, later.Stolen - earlier.Stolen, later.Total - earlier.Total);
    }
}
