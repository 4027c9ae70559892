using CoPilot.Contracts.Chat;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>
/// What was pushed to connections: in order, and nothing but what the log says. A push may be lost, and after an outage the end of a log is pushed once more:
/// neither is a fault.
/// </summary>
internal static class PushCheck
{
    public static IEnumerable<Fault> Faults(string conversationId, IEnumerable<Push> pushes, IReadOnlyList<LogEntry> log)
    {
        var entries = log.GroupBy(entry => entry.Seq).ToDictionary(same => same.Key, same => same.First());
        var last = new Dictionary<int, long>();
        foreach (var (subscription, _, entry) in pushes)
        {
            if (last.TryGetValue(subscription, out var previous) && entry.Seq < previous)
            {
                yield return new Fault(FaultKind.Reordered, conversationId, $"{entry.Seq} was pushed after {previous}");
            }

            last[subscription] = entry.Seq;
            if (!entries.TryGetValue(entry.Seq, out var kept) || kept.MessageId != entry.MessageId || kept.Author.Id != entry.Author.Id)
            {
                yield return new Fault(FaultKind.Phantom, conversationId, $"{entry.MessageId} was pushed as {entry.Seq}");
            }
            else if (kept.Text != entry.Text)
            {
                yield return new Fault(FaultKind.WrongText, conversationId, $"{entry.MessageId} was pushed with another text");
            }
        }
    }
}
