using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Conversations;

/// <param name="FirstText">The customer's first message, already normalised; its message id is <paramref name="FirstMessageId"/>.</param>
public sealed record NewConversation(
    string ConversationId,
    string SiteId,
    string ContactId,
    CustomerInfo Customer,
    string? FirstMessageId = null,
    string? FirstText = null);

/// <param name="Text">Already normalised and within the limits.</param>
public sealed record AppendCommand(
    string ConversationId,
    Participant Author,
    string MessageId,
    string Kind,
    string Audience,
    string Text);

/// <param name="Seq">Of this message, also when it is a repetition.</param>
/// <param name="Duplicate">This author had sent this message id before; nothing was added.</param>
public sealed record AppendResult(long Seq, DateTimeOffset SentAt, bool Duplicate);

/// <param name="Role">Of its author.</param>
/// <param name="EventAt">When the event asked about was added after it; null when it was not.</param>
public sealed record LastText(long Seq, string Role, DateTimeOffset SentAt, DateTimeOffset? EventAt);

public sealed record JoinCommand(
    string ConversationId,
    Participant Participant,
    string? Epoch,
    long AfterSeq,
    string? AfterId,
    int PageSize);

/// <param name="Messages">As the participant may see them, oldest first.</param>
public sealed record JoinedConversation(
    Conversation Conversation,
    bool Reset,
    IReadOnlyList<LogEntry> Messages,
    bool HasMore,
    long LastVisibleSeq,
    IReadOnlyDictionary<string, long> ReadBy);

/// <summary>
/// What a routing step means for its conversation: who serves it now, its state, and the event that says so in the log.
/// </summary>
/// <param name="EventId"><c>contactId:fence:code</c>; the same change applied again does nothing.</param>
/// <param name="Fence">The contact's fence after the step; a change with a lower one than was applied last is ignored.</param>
/// <param name="Agent">Who serves it from now on; null takes the serving agent away, unless <paramref name="KeepsAgent"/>.</param>
/// <param name="KeepsAgent">The change leaves the members as they are.</param>
/// <param name="Code">One of <see cref="Contracts.EventCodes"/>.</param>
public sealed record ConversationChange(
    string ConversationId,
    string EventId,
    long Fence,
    string State,
    AgentInfo? Agent,
    bool KeepsAgent,
    string Code,
    IReadOnlyDictionary<string, string>? Data)
{
    /// <summary>Read from the event's id; a contact's id has no colon.</summary>
    public string ContactId => EventId[..EventId.IndexOf(':', StringComparison.Ordinal)];
}
