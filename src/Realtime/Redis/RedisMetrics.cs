using System.Diagnostics;
using System.Diagnostics.Metrics;
using CoPilot.Realtime.Connections;

namespace CoPilot.Realtime.Redis;

/// <summary>Measures of the way to Redis. Thread-safe.</summary>
public sealed class RedisMetrics
{
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _reconnects;

    public RedisMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(HubConnectionMetrics.MeterName);
        _durations = meter.CreateHistogram<double>("copilot.redis.command.duration", "s", "Time until Redis answered, by script or command.");
        _failures = meter.CreateCounter<long>("copilot.redis.failures", "{command}", "Commands that Redis did not carry out or whose outcome is unknown, by reason.");
        _reconnects = meter.CreateCounter<long>("copilot.redis.reconnects", "{connection}", "Connections to Redis that were made anew.");
    }

    /// <summary>Zero while nobody measures, so that a command costs no look at the clock.</summary>
    internal long Start() => _durations.Enabled ? Stopwatch.GetTimestamp() : 0;

    internal void Answered(string command, long start)
    {
        if (start != 0)
        {
            _durations.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>("command", command));
        }
    }

    internal void Failed(string command, string reason) =>
        _failures.Add(1, new KeyValuePair<string, object?>("command", command), new KeyValuePair<string, object?>("reason", reason));

    internal void Reconnected() => _reconnects.Add(1);
}
