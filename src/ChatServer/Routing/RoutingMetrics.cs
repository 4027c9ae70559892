using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>Measures of routing on this node. Thread-safe.</summary>
public sealed class RoutingMetrics
{
    public const string MeterName = "CoPilot.Routing";

    private readonly TimeProvider _clock;
    private readonly Counter<long> _arrived;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _offers;
    private readonly Histogram<double> _waits;
    private readonly Counter<long> _waitEstimates;
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, int>> _broken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _outboxWaitsSince = new(StringComparer.Ordinal);

    public RoutingMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(MeterName);
        _arrived = meter.CreateCounter<long>("copilot.routing.contacts.arrived", "{contact}", "Contacts that came in.");
        _closed = meter.CreateCounter<long>("copilot.routing.contacts.closed", "{contact}", "Contacts that ended, by reason.");
        _offers = meter.CreateCounter<long>("copilot.routing.offers", "{offer}", "Offers that ended, by outcome.");
        _waits = meter.CreateHistogram<double>("copilot.routing.wait", "s", "From a contact's arrival to the first agent's taking it.");
        _waitEstimates = meter.CreateCounter<long>(
            "copilot.wait_estimates", "{contact}", "Contacts that were taken after an estimate was shown, by outcome: whether they waited as long as it said.");
        meter.CreateObservableGauge(
            "copilot.routing.broken_invariants", ObserveBroken, "{breach}", "What the last look at the state found that must never be, by invariant.");
        meter.CreateObservableGauge("copilot.routing.outbox.age", ObserveOutbox, "s", "How long effects have been waiting to be applied.");
    }

    public void Applied(RoutingEffect effect)
    {
        switch (effect)
        {
            case ContactMoved { Contact.Fence: Contact.FirstFence }:
                _arrived.Add(1, Site(effect.SiteId));
                break;
            case ContactMoved { Contact.State: ContactStates.Closed, Reason: var reason }:
                _closed.Add(1, Site(effect.SiteId), new("reason", reason));
                break;
            case ContactMoved { IsFirstTaking: true, Contact: { AcceptedAt: { } acceptedAt } contact }:
                _waits.Record(Math.Max(0, (acceptedAt - contact.ArrivedAt).TotalSeconds), Site(effect.SiteId), Queue(contact.Queue));
                if (contact.Shown is { } shown)
                {
                    WaitEnded(effect.SiteId, contact.Queue, shown.Range, acceptedAt - shown.At);
                }

                break;
            case OfferEnded ended:
                _offers.Add(1, Site(effect.SiteId), new("outcome", ended.Reason));
                break;
        }
    }

    /// <summary>A contact whose customer had been shown how long it would be was taken.</summary>
    /// <param name="shown">What was shown first.</param>
    public void WaitEnded(string siteId, string queue, WaitRange shown, TimeSpan waited) =>
        _waitEstimates.Add(1, Site(siteId), Queue(queue), new("outcome", WaitOutcomes.Of(shown, waited)));

    /// <param name="broken">How often each invariant was, also those that hold.</param>
    public void InvariantsSeen(string siteId, IReadOnlyDictionary<string, int> broken) => _broken[siteId] = broken;

    /// <summary>Another node looks.</summary>
    public void InvariantsForgotten(string siteId) => _broken.TryRemove(siteId, out _);

    public void OutboxWaits(string siteId) => _outboxWaitsSince.TryAdd(siteId, _clock.GetTimestamp());

    public void OutboxDrained(string siteId) => _outboxWaitsSince.TryRemove(siteId, out _);

    private IEnumerable<Measurement<int>> ObserveBroken() =>
        from site in _broken
        from invariant in site.Value
        select new Measurement<int>(invariant.Value, Site(site.Key), new KeyValuePair<string, object?>("invariant", invariant.Key));

    private IEnumerable<Measurement<double>> ObserveOutbox() =>
        _outboxWaitsSince.Select(site => new Measurement<double>(_clock.GetElapsedTime(site.Value).TotalSeconds, Site(site.Key)));

    private static KeyValuePair<string, object?> Site(string siteId) => new("site", siteId);

    private static KeyValuePair<string, object?> Queue(string name) => new("queue", name);
}
