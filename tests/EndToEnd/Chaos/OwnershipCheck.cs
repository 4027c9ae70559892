using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>Who served a contact, by its log and by what everybody saw in the end: one agent at a time, and never nobody for good.</summary>
internal static class OwnershipCheck
{
    public static IEnumerable<Fault> Faults(FinalConversation conversation, IEnumerable<AcceptedOffer> accepted, bool agentsAreFree)
    {
        var log = conversation.AgentLog ?? conversation.CustomerLog;
        return Overlaps(conversation.ConversationId, log)
            .Concat(AcceptedInVain(conversation.ConversationId, accepted, log))
            .Concat(FaultsAtTheEnd(conversation, log, agentsAreFree));
    }

    private static IEnumerable<Fault> Overlaps(string id, IReadOnlyList<LogEntry> log)
    {
        string? owner = null;
        foreach (var entry in log)
        {
            var joined = AgentOf(entry, EventCodes.AgentJoined);
            if (joined is not null && owner is not null && owner != joined)
            {
                yield return new Fault(FaultKind.DoubleOwner, id, $"{joined} joined at {entry.Seq} while {owner} served");
            }

            if (entry.Kind == EntryKinds.Text && entry.Author.Role != Roles.Customer && entry.Author.Id != owner)
            {
                yield return new Fault(FaultKind.DoubleOwner, id, $"{entry.Author.Id} wrote {entry.Seq} while {owner ?? "nobody"} served");
            }

            owner = joined ?? (TakesAway(entry) ? null : owner);
        }
    }

    private static IEnumerable<Fault> AcceptedInVain(string id, IEnumerable<AcceptedOffer> accepted, IReadOnlyList<LogEntry> log)
    {
        var joined = log.Select(entry => AgentOf(entry, EventCodes.AgentJoined)).ToHashSet();
        return from agent in accepted.Select(offer => offer.AgentId).Distinct()
               where !joined.Contains(agent)
               select new Fault(FaultKind.Lost, id, $"{agent} accepted it and never joined");
    }

    private static IEnumerable<Fault> FaultsAtTheEnd(FinalConversation conversation, IReadOnlyList<LogEntry> log, bool agentsAreFree)
    {
        var (id, owners) = (conversation.ConversationId, conversation.Owners);
        if (owners.Count > 1)
        {
            yield return new Fault(FaultKind.DoubleOwner, id, $"listed by {string.Join(" and ", owners)}");
        }

        if (owners.Count == 1 && log.LastOrDefault(entry => AgentOf(entry, EventCodes.AgentJoined) is not null || TakesAway(entry)) is var last
            && (last is null || AgentOf(last, EventCodes.AgentJoined) != owners[0]))
        {
            yield return new Fault(FaultKind.DoubleOwner, id, $"listed by {owners[0]}, and by its log served by somebody else");
        }

        var forgotten = conversation.State switch
        {
            ContactStates.Waiting or ContactStates.Offered when agentsAreFree => "it waits although agents are free",
            ContactStates.Active when owners.Count == 0 => "it is active and nobody's",
            null when !log.Any(entry => entry is { Kind: EntryKinds.Event, Text: EventCodes.Ended }) => "it is gone and has not ended",
            _ => null,
        };
        if (forgotten is not null)
        {
            yield return new Fault(FaultKind.Forgotten, id, forgotten);
        }
    }

    private static string? AgentOf(LogEntry entry, string code) =>
        entry.Kind == EntryKinds.Event && entry.Text == code ? entry.Data?.GetValueOrDefault("agentId") : null;

    private static bool TakesAway(LogEntry entry) =>
        entry is { Kind: EntryKinds.Event, Text: EventCodes.AgentAway or EventCodes.Transferred or EventCodes.Ended };
}
