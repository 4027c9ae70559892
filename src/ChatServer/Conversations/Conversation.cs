using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Conversations;

/// <summary>A conversation's head: everything but its log. <c>State</c> is its own copy of the contact's: waiting, active or closed.</summary>
public sealed record Conversation(
    string ConversationId,
    string SiteId,
    string ContactId,
    string Epoch,
    string State,
    long LastSeq,
    CustomerInfo Customer,
    AgentInfo? Agent);

/// <summary>Somebody who asks something of a conversation: who they are and which entries they may see.</summary>
/// <param name="Role">One of <see cref="Contracts.Roles"/>.</param>
public sealed record Participant(string ParticipantId, string Role, string? Name)
{
    public bool SeesAgentEntries => Role != Contracts.Roles.Customer;

    public Author ToAuthor() => new(Role, ParticipantId, Name);
}

/// <summary>A log entry before any receiver: <c>after</c> differs by audience, so both are kept.</summary>
/// <param name="AfterForCustomers">The last earlier entry whose audience is everybody; 0 for none. For agents it is <c>Seq - 1</c>.</param>
public sealed record StoredEntry(
    long Seq,
    long AfterForCustomers,
    string MessageId,
    string Kind,
    string Audience,
    Author Author,
    string Text,
    DateTimeOffset SentAt,
    IReadOnlyDictionary<string, string>? Data = null)
{
    public bool IsForCustomers => Audience == Contracts.Audiences.All;

    public LogEntry ForAgents() => new(Seq, Seq - 1, MessageId, Kind, Audience, Author, Text, SentAt, Data);

    public LogEntry ForCustomers() => new(Seq, AfterForCustomers, MessageId, Kind, Audience, Author, Text, SentAt, Data);
}
