using System.Globalization;
using System.Net;

namespace CoPilot.LoadRunner.Workers;

/// <summary>
/// The machine's own addresses by turns, as many as so many connections take: each has only one of Linux' ports for a connection. A server on another machine sees none but the one that the system chooses.
/// Thread-safe.
/// </summary>
/// <param name="connections">At once, of all workers together.</param>
internal sealed class SourceAddresses(Target target, int connections)
{
    /// <summary>Of 28,232 that Linux gives out unless it is told otherwise; those that were closed a minute ago take some.</summary>
    private const int PortsOfOne = 14_000;

    private readonly int _count = (connections / PortsOfOne) + 1;
    private int _taken;

    /// <summary>Null when one is enough, or it is not for us to say.</summary>
    public IPAddress? Next() => _count == 1 || !target.Nodes.All(node => node.IsLoopback)
        ? null
        : IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.0.{1 + ((uint)Interlocked.Increment(ref _taken) % _count)}"));
}
