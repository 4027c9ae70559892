using System.Diagnostics.Metrics;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>Measures of Co-Pilot. Thread-safe.</summary>
public sealed class CoBrowseMetrics
{
    public const string MeterName = "CoPilot.CoBrowse";

    private readonly Counter<long> _issued;
    private readonly Counter<long> _tried;
    private readonly Counter<long> _ended;

    public CoBrowseMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _issued = meter.CreateCounter<long>("copilot.cobrowse.codes_issued", "{code}", "Codes that agents asked for.");
        _tried = meter.CreateCounter<long>("copilot.cobrowse.codes_tried", "{try}", "Codes that customers typed, by outcome: right, wrong, throttled.");
        _ended = meter.CreateCounter<long>("copilot.cobrowse.sessions_ended", "{session}", "Sessions that ended, by reason.");
    }

    internal void Issued() => _issued.Add(1);

    internal void Tried(string outcome) => _tried.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void Ended(string reason) => _ended.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
