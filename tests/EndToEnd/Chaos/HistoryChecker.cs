using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>Compares what clients were told with what is there in the end, and names every difference. Pure.</summary>
internal static class HistoryChecker
{
    public static IReadOnlyList<Fault> Check(Observations observations)
    {
        var sends = observations.Sends.ToLookup(attempt => attempt.ConversationId);
        var pushes = observations.Pushes.ToLookup(push => push.ConversationId);
        var accepted = observations.AcceptedOffers.ToLookup(offer => offer.ConversationId);
        var faults = new List<Fault>();
        foreach (var conversation in observations.Conversations)
        {
            var id = conversation.ConversationId;
            var messages = sends[id].GroupBy(attempt => (attempt.AuthorId, attempt.MessageId)).Select(group => new SentMessage([.. group])).ToList();
            foreach (var log in (IReadOnlyList<LogEntry>?[])[conversation.CustomerLog, conversation.AgentLog])
            {
                faults.AddRange(log is null ? [] : new LogCheck(id, log, messages).Faults());
            }

            faults.AddRange(PushCheck.Faults(id, pushes[id], conversation.AgentLog ?? conversation.CustomerLog));
            faults.AddRange(OwnershipCheck.Faults(conversation, accepted[id], observations.AgentsAreFree));
            faults.AddRange(RefusedForGood(conversation, messages));
            if (conversation.Epochs.Count > 1)
            {
                faults.Add(new Fault(FaultKind.Restarted, id, $"{conversation.Epochs.Count} epochs"));
            }
        }

        return faults;
    }

    private static IEnumerable<Fault> RefusedForGood(FinalConversation conversation, IEnumerable<SentMessage> messages) =>
        from message in messages
        where message.Accepted is null && message.RefusedWith is not null
            && (message.AuthorId == conversation.CustomerId || message.RefusedWith == ErrorCodes.Internal)
        select new Fault(FaultKind.Refused, conversation.ConversationId, $"{message.MessageId}: {message.RefusedWith}");
}
