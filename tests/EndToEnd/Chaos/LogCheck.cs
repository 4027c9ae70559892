using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>One participant's whole view of a log against everything that was sent.</summary>
internal sealed class LogCheck(string conversationId, IReadOnlyList<LogEntry> log, IReadOnlyList<SentMessage> messages)
{
    public IEnumerable<Fault> Faults() =>
        ChainFaults().Concat(DoubledEntries()).Concat(EntriesNobodySent()).Concat(messages.SelectMany(MessageFaults)).Concat(OvertakenMessages());

    /// <summary>Each entry names the one before it that this reader may see, so a hole or a wrong order shows in the log itself.</summary>
    private IEnumerable<Fault> ChainFaults()
    {
        var previous = 0L;
        foreach (var entry in log)
        {
            if (entry.Seq <= previous)
            {
                yield return Fault(FaultKind.Reordered, $"seq {entry.Seq} stands behind {previous}");
            }
            else if (entry.After != previous)
            {
                yield return Fault(FaultKind.Lost, $"seq {entry.Seq} follows {entry.After}, but what stands before it is {previous}");
            }

            previous = entry.Seq;
        }
    }

    private IEnumerable<Fault> DoubledEntries() =>
        from entry in log
        group entry by (entry.Author.Id, entry.MessageId) into same
        where same.Count() > 1
        select Fault(FaultKind.Doubled, $"{same.Key.MessageId} at {string.Join(", ", same.Select(entry => entry.Seq))}");

    private IEnumerable<Fault> EntriesNobodySent()
    {
        var sent = messages.Select(message => (message.AuthorId, message.MessageId)).ToHashSet();
        return from entry in log
               where entry.Kind == EntryKinds.Text && !sent.Contains((entry.Author.Id, entry.MessageId))
               select Fault(FaultKind.Phantom, $"{entry.MessageId} at {entry.Seq} was never sent");
    }

    private IEnumerable<Fault> MessageFaults(SentMessage message)
    {
        var entry = log.FirstOrDefault(entry => entry.MessageId == message.MessageId && entry.Author.Id == message.AuthorId);
        if (entry is null)
        {
            if (message.Accepted is { } answer)
            {
                yield return Fault(FaultKind.Lost, $"{message.MessageId}, acknowledged as {answer.Seq}");
            }

            yield break;
        }

        if (message.WasRefusedEveryTime)
        {
            yield return Fault(FaultKind.Phantom, $"{message.MessageId} at {entry.Seq} was refused: {message.RefusedWith}");
        }

        if (entry.Text != message.Text)
        {
            yield return Fault(FaultKind.WrongText, $"{message.MessageId} at {entry.Seq}");
        }

        foreach (var seq in message.Seqs.Where(seq => seq != entry.Seq))
        {
            yield return Fault(FaultKind.Reordered, $"{message.MessageId} was acknowledged as {seq} and stands at {entry.Seq}");
        }
    }

    /// <summary>
    /// What was acknowledged before another was sent, by whomever, stands before it. From the end of the log: an entry must not have been sent
    /// after the earliest acknowledgement among those behind it.
    /// </summary>
    private IEnumerable<Fault> OvertakenMessages()
    {
        var byKey = messages.ToDictionary(message => (message.AuthorId, message.MessageId));
        SentMessage? earliest = null;
        foreach (var entry in log.Reverse())
        {
            if (!byKey.TryGetValue((entry.Author.Id, entry.MessageId), out var message))
            {
                continue;
            }

            if (earliest?.Accepted is { } acknowledged && message.Started > acknowledged.Ended)
            {
                yield return Fault(FaultKind.Reordered, $"{earliest.MessageId} was acknowledged before {message.MessageId} was sent and stands behind it");
            }

            if (message.Accepted is { } answer && !(earliest?.Accepted?.Ended <= answer.Ended))
            {
                earliest = message;
            }
        }
    }

    private Fault Fault(FaultKind kind, string what) => new(kind, conversationId, what);
}
