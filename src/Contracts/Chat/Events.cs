namespace CoPilot.Contracts.Chat;

public sealed record MessageEvent(string ConversationId, string Epoch, LogEntry Message);

public sealed record TypingEvent(string ConversationId, Author Author, bool Typing);

public sealed record ReadEvent(string ConversationId, string ParticipantId, string Role, long Seq);

/// <param name="Position">Present while it waits.</param>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="DueAt">Of a scheduled call-back, when the customer is to be called.</param>
/// <param name="Call">For the agent who serves the call-back: how the provider's call stands now.</param>
/// <param name="CustomerAway">For the agent who serves the chat: true while its customer has no connection.</param>
public sealed record ContactChangedEvent(
    string ContactId,
    string State,
    string? ConversationId = null,
    int? Position = null,
    WaitRange? EstimatedWait = null,
    AgentInfo? Agent = null,
    string? Reason = null,
    DateTimeOffset? DueAt = null,
    CallInfo? Call = null,
    bool? CustomerAway = null);

/// <param name="Text">The customer's first words.</param>
/// <param name="ExpiresAt">An answer after this moment is <c>stale</c>.</param>
/// <param name="Callback">Of a call-back; the number is masked until the offer is accepted.</param>
public sealed record OfferedEvent(
    string OfferId,
    string ContactId,
    string Kind,
    string Queue,
    string Topic,
    CustomerInfo Customer,
    int WaitedSeconds,
    DateTimeOffset ExpiresAt,
    string? Text = null,
    CallbackInfo? Callback = null);

/// <param name="Reason">One of <see cref="Reasons"/>.</param>
public sealed record OfferWithdrawnEvent(string OfferId, string Reason);

/// <summary>The agent's own status is another one, though they did not say so.</summary>
/// <param name="Status">One of <see cref="AgentStatuses"/>.</param>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
public sealed record StatusChangedEvent(string Status, string Reason);

public sealed record QueuesChangedEvent(IReadOnlyList<QueueSummary> Queues);

/// <summary>The agent asks the customer to share the page; not in the log, so a client shows it once and forgets it with the page.</summary>
/// <param name="Code">As it is read out: <c>XXX-XXXXX</c>.</param>
/// <param name="ExpiresInSeconds">So long the code is good for; counted from now, as a customer's clock may be wrong.</param>
public sealed record CoPilotInvitedEvent(string ConversationId, string SessionId, string Code, int? ExpiresInSeconds = null);
