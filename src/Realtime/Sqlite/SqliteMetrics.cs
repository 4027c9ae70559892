using System.Diagnostics.Metrics;

namespace CoPilot.Realtime.Sqlite;

/// <summary>Measures of the embedded engine's file.</summary>
public sealed class SqliteMetrics
{
    public const string MeterName = "CoPilot.Sqlite";

    private readonly Histogram<int> _batchSize;

    public SqliteMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _batchSize = meter.CreateHistogram<int>(
            "copilot.sqlite.commit.size", "{write}", "Writes that shared one commit, and so one flush to disk.");
    }

    public void Committed(int writes) => _batchSize.Record(writes);
}
