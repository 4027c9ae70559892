using System.Globalization;

namespace CoPilot.WaitingLine;

/// <summary>What Linux lets a process have; each connection takes a file of the generator, a file of its server, and one of the generator's ports at that server.</summary>
internal sealed record SystemLimits(long OpenFiles, int PortsPerServer)
{
    /// <summary>Besides customers: agents, HTTP, assemblies, the database.</summary>
    private const int Others = 600;

    public static SystemLimits Read()
    {
        var files = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = files.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        var ports = File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split('\t', ' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new SystemLimits(
            soft == "unlimited" ? long.MaxValue : long.Parse(soft, CultureInfo.InvariantCulture), ports[1] - ports[0] + 1);
    }

    /// <summary>What is to be raised before so many can connect; null when nothing is.</summary>
    public string? FindFault(RunOptions options)
    {
        var customers = options.Waiting + (int)(options.Arrivals * options.Serve.TotalSeconds);
        if (OpenFiles < customers + Others)
        {
            return $"Only {OpenFiles} files may be open: `ulimit -n {customers + Others}` first.";
        }

        return PortsPerServer * options.Nodes < customers + Others
            ? $"Only {PortsPerServer} ports for each server: `sysctl -w net.ipv4.ip_local_port_range='10000 65535'` first, or more --nodes."
            : null;
    }
}
