namespace CoPilot.ChatServer.Conversations;

/// <summary>One connection of this node that hears a conversation, as one participant. Changed only by <see cref="ConversationSubscriptions"/>, under its lock.</summary>
internal sealed class Subscription(string conversationId, string connectionId, Participant participant)
{
    public string ConversationId => conversationId;

    public string ConnectionId => connectionId;

    public Participant Participant => participant;

    /// <summary>The log's end that its join read; null while that join is under way.</summary>
    public long? JoinedAtSeq { get; set; }

    /// <summary>It hears nothing any more.</summary>
    public bool IsEnded { get; set; }
}
