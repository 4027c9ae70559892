using System.Globalization;

namespace CoPilot.LoadRunner.Runs;

/// <summary>What Linux lets a process have; each connection takes a file of its worker and one of its server. Ports do not run short, as workers have several addresses.</summary>
internal static class SystemLimits
{
    /// <summary>Besides connections: assemblies, HTTP, the database.</summary>
    private const int OtherFiles = 600;

    /// <summary>What is to be raised before so many can connect; null when nothing is.</summary>
    /// <param name="connections">At once, of all together.</param>
    /// <param name="processes">That share them: workers, or nodes if they are fewer.</param>
    public static string? FindFault(int connections, int processes)
    {
        var needed = (connections / processes) + OtherFiles;
        return ReadOpenFiles() < needed
            ? string.Create(CultureInfo.InvariantCulture, $"Only {ReadOpenFiles()} files may be open: `ulimit -n {needed}` first, or more --workers and --nodes.")
            : null;
    }

    /// <summary>.NET raises the soft limit to the hard one as it starts.</summary>
    private static long ReadOpenFiles()
    {
        var files = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var hard = files.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4];
        return hard == "unlimited" ? long.MaxValue : long.Parse(hard, CultureInfo.InvariantCulture);
    }
}
