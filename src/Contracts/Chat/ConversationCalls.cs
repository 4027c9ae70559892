namespace CoPilot.Contracts.Chat;

/// <summary>Subscribes to a conversation and reads what was missed, in one step.</summary>
/// <param name="Epoch">The epoch that <paramref name="AfterSeq"/> belongs to; absent when nothing is known yet.</param>
/// <param name="AfterSeq">The caller's last <c>seq</c>, 0 for none.</param>
/// <param name="AfterId">The <c>messageId</c> at <paramref name="AfterSeq"/>; it proves that both speak of the same log.</param>
public sealed record JoinRequest(string ConversationId, string? Epoch = null, long AfterSeq = 0, string? AfterId = null);

/// <param name="Reset">The caller's log is not this log: forget it; <paramref name="Messages"/> starts at the beginning.</param>
/// <param name="State">The contact's state as the conversation knows it: <c>waiting</c>, <c>active</c> or <c>closed</c>.</param>
/// <param name="Agent">The agent who serves it now.</param>
/// <param name="Customer">For agents only.</param>
/// <param name="Messages">What was missed, oldest first, at most <see cref="Limits.JoinPage"/>.</param>
/// <param name="HasMore">There is more after the last of <paramref name="Messages"/>: join again from there.</param>
/// <param name="LastSeq">The last <c>seq</c> that the caller may see.</param>
/// <param name="ReadBy">Participant id to the last <c>seq</c> that participant has read.</param>
public sealed record JoinResult(
    string ConversationId,
    string Epoch,
    bool Reset,
    string State,
    string ContactId,
    AgentInfo? Agent,
    CustomerInfo? Customer,
    IReadOnlyList<LogEntry> Messages,
    bool HasMore,
    long LastSeq,
    IReadOnlyDictionary<string, long> ReadBy);

public sealed record LeaveRequest(string ConversationId);

/// <param name="MessageId">Made by the caller; sending again with the same id answers the first result with <c>duplicate</c>.</param>
public sealed record SendRequest(string ConversationId, string MessageId, string Text);

public sealed record SendResult(long Seq, DateTimeOffset SentAt, bool Duplicate);

public sealed record SetTypingRequest(string ConversationId, bool Typing);

public sealed record MarkReadRequest(string ConversationId, long Seq);

/// <param name="Disposition">How it ended, an agent's word; refused from a customer.</param>
/// <param name="Note">For agents, kept as a note; refused from a customer.</param>
public sealed record EndChatRequest(string ConversationId, string? Disposition = null, string? Note = null);
