using System.Diagnostics.Metrics;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>Measures of calling on this node. Thread-safe.</summary>
public sealed class CallMetrics
{
    public const string MeterName = "CoPilot.Callbacks";

    private readonly Counter<long> _dialled;
    private readonly Counter<long> _statuses;

    public CallMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _dialled = meter.CreateCounter<long>("copilot.callbacks.dialled", "{attempt}", "Attempts that a provider was asked for, by result.");
        _statuses = meter.CreateCounter<long>("copilot.callbacks.statuses", "{status}", "Call statuses that came in, by result; refused ones by their code.");
    }

    internal void Dialled(string siteId, DialResult result) => _dialled.Add(
        1,
        Site(siteId),
        new("result", result switch
        {
            DialResult.Requested => "requested",
            DialResult.Refused => "refused",
            DialResult.Unreachable => "unreachable",
            DialResult.Over => "over",
            _ => "left_to_agent",
        }));

    internal void StatusCame(string siteId, string result) => _statuses.Add(1, Site(siteId), new("result", result));

    private static KeyValuePair<string, object?> Site(string siteId) => new("site", siteId);
}
