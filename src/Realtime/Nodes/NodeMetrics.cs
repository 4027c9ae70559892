using System.Diagnostics.Metrics;
using CoPilot.Realtime.Connections;

namespace CoPilot.Realtime.Nodes;

/// <summary>Measures of the node bus. Thread-safe.</summary>
public sealed class NodeMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _received;
    private readonly Counter<long> _published;
    private readonly Counter<long> _doubts;
    private readonly Counter<long> _recoveries;

    /// <param name="bus">Tells the buses of one process apart; null for the one that is everybody's.</param>
    public NodeMetrics(IMeterFactory meters, string? bus)
    {
        _meter = meters.Create(new MeterOptions(HubConnectionMetrics.MeterName) { Tags = bus is null ? [] : [new("bus", bus)] });
        _received = _meter.CreateCounter<long>("copilot.nodes.frames_received", "{frame}", "Frames that arrived on this node's channel.");
        _published = _meter.CreateCounter<long>(
            "copilot.nodes.frames_published", "{frame}", "Frames that this node published to one other node, scripts that publish by themselves not counted.");
        _doubts = _meter.CreateCounter<long>("copilot.nodes.doubts", "{doubt}", "Reasons to believe that frames for this node were lost.");
        _recoveries = _meter.CreateCounter<long>("copilot.nodes.recoveries", "{recovery}", "Times that this node made good what may have been lost.");
    }

    public NodeMetrics(IMeterFactory meters)
        : this(meters, null)
    {
    }

    internal void Received() => _received.Add(1);

    internal void Published() => _published.Add(1);

    internal void Doubted() => _doubts.Add(1);

    internal void Recovered() => _recoveries.Add(1);

    internal void Observe(Func<int> queued, Func<int> live)
    {
        _meter.CreateObservableGauge("copilot.nodes.queue_length", queued, "{frame}", "Frames that arrived and wait to be handled.");
        _meter.CreateObservableGauge("copilot.nodes.live", live, "{node}", "Living nodes, this one among them.");
    }
}
