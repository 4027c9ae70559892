namespace CoPilot.ChatServer.Conversations;

internal static partial class ConversationLog
{
    [LoggerMessage(1, LogLevel.Warning, "Deliveries fell behind; {Count} connections of conversation {ConversationId} are cut off and will join again.")]
    public static partial void FellBehind(ILogger logger, string conversationId, int count);

    [LoggerMessage(2, LogLevel.Error, "Delivering to conversation {ConversationId} failed; its connections here are cut off and will join again.")]
    public static partial void DeliveryFailed(ILogger logger, string conversationId, Exception error);

    /// <summary>Debug: during an outage it happens for each connection that ends, and the outage itself is logged.</summary>
    [LoggerMessage(3, LogLevel.Debug, "The store could not be told that conversation {ConversationId} has nobody left here; it will go on announcing for nobody.")]
    public static partial void LeaveFailed(ILogger logger, string conversationId, Exception error);

    [LoggerMessage(4, LogLevel.Warning, "The log of conversation {ConversationId} is gone or was cut back; its {Count} connections here are cut off and will join again.")]
    public static partial void LogLost(ILogger logger, string conversationId, int count);
}
