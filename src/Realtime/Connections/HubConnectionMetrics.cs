using System.Diagnostics.Metrics;

namespace CoPilot.Realtime.Connections;

/// <summary>Measures of hub connections, tagged with the hub's name. Thread-safe.</summary>
public sealed class HubConnectionMetrics
{
    public const string MeterName = "CoPilot.Realtime";

    private readonly UpDownCounter<int> _open;
    private readonly Counter<long> _sends;
    private readonly Counter<long> _slowAborted;

    public HubConnectionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _open = meter.CreateUpDownCounter<int>("copilot.connections.open", "{connection}", "Open hub connections of this node.");
        _sends = meter.CreateCounter<long>("copilot.connections.sends", "{send}", "Events given to connections, once for each connection.");
        _slowAborted = meter.CreateCounter<long>(
            "copilot.connections.slow_aborted", "{connection}", "Connections aborted because they did not keep up with what was sent to them.");
    }

    internal void Opened(string hub) => _open.Add(1, Tag(hub));

    internal void Closed(string hub) => _open.Add(-1, Tag(hub));

    internal void Sent(string hub, int count) => _sends.Add(count, Tag(hub));

    internal void AbortedSlow(string hub) => _slowAborted.Add(1, Tag(hub));

    private static KeyValuePair<string, object?> Tag(string hub) => new("hub", hub);
}
