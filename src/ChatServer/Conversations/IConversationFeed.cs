using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// Where a store announces what this node's members should hear. Entries, and removals of members between them, come in the log's order per conversation and one at
/// a time; typing and marks may come beside them. Possibly on the engine's own thread: an implementation must neither block nor throw.
/// </summary>
public interface IConversationFeed
{
    void Announce(ConversationAnnouncement announcement);
}

/// <summary>Something that happened in a conversation.</summary>
public abstract record ConversationAnnouncement(string ConversationId);

public sealed record EntryAppended(string ConversationId, string Epoch, StoredEntry Entry) : ConversationAnnouncement(ConversationId);

/// <param name="Seq">As those may see it who see every entry.</param>
/// <param name="SeqForCustomers">
/// The last entry up to <paramref name="Seq"/> that customers may see; null when the mark moved over nothing that they may see, and they hear nothing.
/// </param>
public sealed record MarkedRead(string ConversationId, string ParticipantId, string Role, long Seq, long? SeqForCustomers)
    : ConversationAnnouncement(ConversationId);

public sealed record TypingSet(string ConversationId, Author Author, bool Typing) : ConversationAnnouncement(ConversationId);

/// <summary>The participant is no longer a member: their subscriptions end, on every node.</summary>
/// <param name="Seq">
/// Of the event that says so. A subscription whose join had already read that entry was made by somebody who became a member again, and stays.
/// </param>
public sealed record MemberRemoved(string ConversationId, string ParticipantId, long Seq) : ConversationAnnouncement(ConversationId);

/// <summary>The log is gone or was cut back: everybody here hears it no more and is cut off, so that they come back and learn what is left.</summary>
public sealed record LogLost(string ConversationId) : ConversationAnnouncement(ConversationId);
