using System.Collections.ObjectModel;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>What a contact of kind <c>callback</c> has besides.</summary>
/// <param name="Phone">In E.164.</param>
/// <param name="Note">What the customer wrote about it.</param>
/// <param name="DueAt">Of a scheduled one, when the customer is to be called; otherwise null.</param>
/// <param name="Attempts">What agents did about it, oldest first.</param>
public sealed record Callback(string Phone, string? Note, DateTimeOffset? DueAt, IReadOnlyList<CallAttempt> Attempts)
{
    /// <summary>Null when nobody serves it, and where agents dial themselves.</summary>
    public CallProgress? Call { get; init; }

    /// <summary>Those that were calls.</summary>
    public IEnumerable<CallAttempt> Calls => Attempts.Where(attempt => attempt.Outcome != Reasons.Transferred);
}

/// <param name="Outcome">One of <see cref="CallOutcomes"/>, or <see cref="Reasons.Transferred"/> for what somebody wrote who passed it on.</param>
/// <param name="Note">The agent's, for agents.</param>
public sealed record CallAttempt(DateTimeOffset At, string Outcome, string AgentId, string? Note);

/// <summary>A customer's wish to be called.</summary>
/// <param name="RequestId">The customer's; the same one again answers the same contact.</param>
/// <param name="Phone">In E.164, checked.</param>
/// <param name="When">Null for now.</param>
public sealed record NewCallback(
    string RequestId,
    string SiteId,
    CustomerInfo Customer,
    string Topic,
    string Phone,
    string? Note,
    DateTimeOffset? When = null)
{
    /// <summary>What the shop signed about the customer, for the queue's priorities.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <param name="CustomerId">Must be the contact's.</param>
/// <param name="When">Null for now.</param>
public sealed record RescheduleCallbackCommand(string SiteId, string ContactId, string CustomerId, DateTimeOffset? When);

/// <param name="RequestId">The customer's; the same one again answers the same contact.</param>
/// <param name="ContactId">A chat of the customer that nobody serves yet.</param>
/// <param name="Phone">In E.164, checked.</param>
/// <param name="When">Null for now.</param>
public sealed record SwitchToCallbackCommand(
    string RequestId,
    string SiteId,
    string ContactId,
    string CustomerId,
    string Phone,
    string? Note,
    DateTimeOffset? When = null);

/// <param name="RequestId">The customer's; the same one again answers the same contact.</param>
/// <param name="ContactId">A call-back of the customer that nobody is busy with.</param>
public sealed record SwitchToChatCommand(string RequestId, string SiteId, string ContactId, string CustomerId);

/// <summary>How many call-backs are scheduled for a time that customers chose.</summary>
public sealed record SlotCount(DateTimeOffset Start, int Count);

/// <param name="RequestId">The agent's; the same one again does nothing and answers the same.</param>
/// <param name="Outcome">One of <see cref="CallOutcomes"/>.</param>
public sealed record CompleteCallbackCommand(
    string RequestId,
    string SiteId,
    string ContactId,
    string AgentId,
    string Outcome,
    string? Note);
