using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CoPilot.Contracts;

namespace CoPilot.ChatServer.Routing;

/// <summary>Measures of the sites whose people this node tells about their lines: what their supervisors see, as it was read last. Thread-safe.</summary>
public sealed class SiteMetrics
{
    private readonly ConcurrentDictionary<string, SiteFacts> _sites = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;

    public SiteMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(RoutingMetrics.MeterName);
        meter.CreateObservableGauge("copilot.routing.line", () => OfLines(line => line.State.Waiting), "{contact}", "Contacts in line.");
        meter.CreateObservableGauge(
            "copilot.routing.agents.available", () => OfLines(line => line.State.AgentsAvailable), "{agent}", "Agents a queue could offer to.");
        meter.CreateObservableGauge(
            "copilot.routing.longest_wait", () => OfLines(LongestWait), "s", "How long who came first of a line has been waiting; 0 for an empty one.");
        meter.CreateObservableGauge(
            "copilot.routing.answered_in_time",
            () => Shares(answers => answers.InTimeShare),
            "1",
            "Share of the contacts answered in the last hour that waited no longer than the queue's AnswerWithin.");
        meter.CreateObservableGauge(
            "copilot.routing.estimates_inside",
            () => Shares(answers => answers.InsideShare),
            "1",
            "Share of the contacts taken in the last hour after an estimate was shown that waited as long as it said.");
        meter.CreateObservableGauge(
            "copilot.routing.callbacks.due", () => OfLines(line => line.Due), "{contact}", "Scheduled call-backs whose time comes within an hour.");
        meter.CreateObservableGauge("copilot.routing.agents", ObserveAgents, "{agent}", "Connected agents by what they said of themselves.");
    }

    public void Seen(string siteId, SiteFacts facts) => _sites[siteId] = facts;

    /// <summary>Another node sees to the site's lines and measures them.</summary>
    public void Forgotten(string siteId) => _sites.TryRemove(siteId, out _);

    /// <summary>It grows between readings.</summary>
    private double LongestWait(SiteLine line) => line.State.OldestArrival is { } oldest ? Math.Max(0, (_clock.GetUtcNow() - oldest).TotalSeconds) : 0;

    private IEnumerable<Measurement<T>> OfLines<T>(Func<SiteLine, T> value)
        where T : struct =>
        from site in _sites
        from line in site.Value.Lines
        select new Measurement<T>(value(line), Site(site.Key), Queue(line));

    /// <summary>None of queues where nothing counts.</summary>
    private IEnumerable<Measurement<double>> Shares(Func<AnswerFigures, double?> share)
    {
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        return from site in _sites
               from line in site.Value.Lines
               let value = share(line.Facts.Times.AsOf(now).Answers)
               where value is not null
               select new Measurement<double>(value.Value, Site(site.Key), Queue(line));
    }

    private IEnumerable<Measurement<int>> ObserveAgents() =>
        from site in _sites
        from status in (string[])[AgentStatuses.Available, AgentStatuses.Away]
        select new Measurement<int>(
            site.Value.Agents.Count(agent => agent.IsConnected && agent.Status == status), Site(site.Key), new KeyValuePair<string, object?>("status", status));

    private static KeyValuePair<string, object?> Site(string siteId) => new("site", siteId);

    private static KeyValuePair<string, object?> Queue(SiteLine line) => new("queue", line.State.Name);
}
