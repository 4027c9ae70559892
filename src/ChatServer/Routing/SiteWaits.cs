using System.Collections.Concurrent;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// How long the contacts of a site's lines will wait, from what was so at one moment. Null where too little is known, nobody takes contacts of the queue, or it would be longer
/// than can be told; for call-backs also while their queue is closed, because then nobody is called. Seats are shared out once for each queue and kind; after that a
/// place in line costs a few sums. Thread-safe.
/// </summary>
public sealed class SiteWaits(Site site, WaitFacts facts)
{
    private readonly ConcurrentDictionary<(string Queue, string Kind), WaitSeats> _seats = new();
    private readonly Dictionary<string, LineFacts> _lines = facts.Lines.ToDictionary(line => line.Queue, StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyCollection<WaitLine>> _waitLines = new(() => [.. facts.Lines.Select(line => ToWaitLine(line, facts, site))]);
    private readonly long _now = facts.At.ToUnixTimeMilliseconds();

    /// <summary>For somebody who comes now.</summary>
    public WaitRange? OfNewcomer(string queue, string kind) =>
        _lines.TryGetValue(queue, out var line) ? Estimate(line, kind, line.Waiting + 1, SeatsOf(line, kind), _now) : null;

    /// <summary>For a contact in line.</summary>
    /// <param name="position">Contacts ahead in the line + 1, those that are offered too.</param>
    public WaitRange? Of(Contact contact, int position) =>
        Of(contact.Queue, contact.Kind, contact.State, position, contact.ArrivedAt.ToUnixTimeMilliseconds());

    public WaitRange? Of(string queue, LinePosition place) => Of(queue, place.Kind, place.State, place.Position, place.StandsAt);

    private WaitRange? Of(string queue, string kind, string state, int position, long standsAt)
    {
        if (!_lines.TryGetValue(queue, out var line))
        {
            return null;
        }

        var seats = SeatsOf(line, kind);
        if (state == ContactStates.Offered)
        {
            // Its seat is taken already, and is its own.
            return Estimate(line, kind, 1, seats with { Free = Math.Max(1, seats.Free), FreeAgents = Math.Max(1, seats.FreeAgents) }, standsAt);
        }

        // The first in line are those that are offered, and they have their seats.
        return Estimate(line, kind, Math.Max(1, position - (line.InLine - line.Waiting)), seats, standsAt);
    }

    private WaitRange? Estimate(LineFacts line, string kind, int position, WaitSeats seats, long standsAt)
    {
        var queue = site.SettingsOf(line.Queue);
        if (kind == ContactKinds.Callback && (line.IsClosedForNow || !queue.Hours.IsOpenAt(facts.At)))
        {
            return null;
        }

        var times = line.Times.AsOf(_now);
        return WaitEstimator.Estimate(position, seats, times, queue.AcceptTimeout, Overtaking.Of(times, standsAt, queue.MaximumHeadStart));
    }

    private WaitSeats SeatsOf(LineFacts line, string kind) => _seats.GetOrAdd(
        (line.Queue, kind),
        _ => WaitSeats.Of(line.Queue, facts.Agents.Select(agent => ToWaitAgent(agent, kind)), _waitLines.Value));

    /// <summary>Who is on a call or finishes up after one has seats that nobody gets for now.</summary>
    private WaitAgent ToWaitAgent(AgentSeats agent, string kind)
    {
        var isKept = agent.IsFinishingUp || (agent.IsOnCall && (kind == ContactKinds.Callback || !site.Callbacks.ChatsDuringCalls));
        return new WaitAgent(agent.Queues, agent.Capacity, isKept ? agent.Capacity : agent.Load);
    }

    private static WaitLine ToWaitLine(LineFacts line, WaitFacts facts, Site site)
    {
        var agents = facts.Agents.Where(agent => agent.Queues.Contains(line.Queue)).ToList();
        var all = line.Waiting + agents.Sum(agent => agent.Load);
        return new WaitLine(line.Queue, line.Waiting, line.Times.AsOf(facts.At.ToUnixTimeMilliseconds()))
        {
            Calls = all == 0 ? 0 : (double)(line.CallsWaiting + agents.Count(agent => agent.IsOnCall)) / all,
            ChatsDuringCalls = site.Callbacks.ChatsDuringCalls,
        };
    }
}
