namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// Somebody who keeps a conversation's id was told that it exists, and the store has nothing of it: it lost it, as a Redis may that does not write through.
/// </summary>
public sealed class ConversationLostException(string conversationId)
    : Exception($"The store has nothing of conversation '{conversationId}'.");
