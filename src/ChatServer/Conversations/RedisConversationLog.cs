namespace CoPilot.ChatServer.Conversations;

internal static partial class RedisConversationLog
{
    [LoggerMessage(1, LogLevel.Warning, "Redis could not be told that this node has stopped; the other nodes will notice.")]
    public static partial void NotLeft(ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Information, "Announcements may have been missed: {Count} conversations with members connected here were registered anew, {Lost} of them are gone or were cut back.")]
    public static partial void Recovered(ILogger logger, int count, int lost);

    [LoggerMessage(3, LogLevel.Error, "The end of conversation {ConversationId} could not be told to its members here again.")]
    public static partial void RepairFailed(ILogger logger, string conversationId, Exception error);
}
