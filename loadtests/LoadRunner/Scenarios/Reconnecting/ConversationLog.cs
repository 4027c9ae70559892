using CoPilot.Contracts.Chat;

namespace CoPilot.LoadRunner.Scenarios.Reconnecting;

/// <summary>A conversation as one of its members sees it, from the beginning.</summary>
internal static class ConversationLog
{
    /// <param name="join">The hub's call.</param>
    public static async Task<List<LogEntry>> ReadAsync(string conversationId, Func<JoinRequest, Task<JoinResult>> join)
    {
        var entries = new List<LogEntry>();
        JoinResult page;
        var request = new JoinRequest(conversationId);
        do
        {
            page = await join(request);
            entries.AddRange(page.Messages);
            request = page.Messages.Count == 0 ? request : new JoinRequest(conversationId, page.Epoch, page.Messages[^1].Seq, page.Messages[^1].MessageId);
        }
        while (page.HasMore);

        return entries;
    }
}
