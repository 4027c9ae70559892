using System.Collections.ObjectModel;
using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Somebody's wish to talk to the shop, from its arrival to its end; routing's own record of it.
/// <c>scheduled -> waiting -> offered -> active -> closed</c>, and back to <c>waiting</c> when an offer or an agent falls away. A call-back that failed is
/// <c>scheduled</c> again.
/// </summary>
/// <param name="State">One of <see cref="Contracts.ContactStates"/>.</param>
/// <param name="ArrivedAt">Kept for life: a contact that comes back stands where it would have stood.</param>
/// <param name="Fence">Grows with every step that changes the owner or the state; what carries a lower one is out of date.</param>
/// <param name="RequestId">Of the call that made it; also the id of its conversation's first message.</param>
/// <param name="Agent">Who has the offer, or serves it; of a closed contact who served it last.</param>
public sealed record Contact(
    string ContactId,
    string RequestId,
    string SiteId,
    string Kind,
    string ConversationId,
    CustomerInfo Customer,
    string Queue,
    string Topic,
    string? Text,
    string State,
    DateTimeOffset ArrivedAt,
    long Fence,
    AgentInfo? Agent = null,
    DateTimeOffset? AcceptedAt = null)
{
    /// <summary>The fence of a contact that has just come.</summary>
    public const long FirstFence = 1;

    /// <summary>Whether there is a conversation of that id: of what is a chat, or was one.</summary>
    public bool HasConversation { get; init; } = true;

    /// <summary>Whether the customer of the chat has no connection, as far as is known.</summary>
    public bool CustomerAway { get; init; }

    /// <summary>Null for a chat.</summary>
    public Callback? Callback { get; init; }

    /// <summary>Null while it is open. An effect says the reason beside its contact.</summary>
    public ContactEnd? End { get; init; }

    /// <summary>How long it was to be, as its customer was shown first; until an agent takes it, or the customer chooses a time.</summary>
    public ShownWait? Shown { get; init; }

    /// <summary>The one way in which a contact's conversation is made, whoever comes first to make it.</summary>
    public NewConversation ToConversation() =>
        new(ConversationId, SiteId, ContactId, Customer, Text is null ? null : RequestId, Text);
}

/// <param name="Reason">One of <see cref="Contracts.Reasons"/>.</param>
public sealed record ContactEnd(DateTimeOffset At, string Reason);

/// <summary>A customer's wish to chat.</summary>
/// <param name="RequestId">The customer's; the same one again answers the same contact.</param>
public sealed record NewContact(
    string RequestId,
    string SiteId,
    CustomerInfo Customer,
    string Topic,
    string? Text)
{
    /// <summary>What the shop signed about the customer, for the queue's priorities.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>A contact held out to one agent until it expires.</summary>
public sealed record Offer(string OfferId, Contact Contact, DateTimeOffset OfferedAt, DateTimeOffset ExpiresAt);
