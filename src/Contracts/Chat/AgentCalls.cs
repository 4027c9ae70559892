namespace CoPilot.Contracts.Chat;

/// <param name="Status">One of <see cref="AgentStatuses"/>; absent asks without changing anything.</param>
public sealed record SetStatusRequest(string? Status = null);

/// <summary>All that a console which was reloaded needs to carry on.</summary>
/// <param name="Capacity">Contacts the agent takes at once.</param>
/// <param name="Load">Offered and active contacts.</param>
/// <param name="WrapUpUntil">Until when the agent is offered nothing because they finish up after a call; <c>available</c> ends it.</param>
public sealed record SetStatusResult(
    string AgentId,
    string Status,
    int Capacity,
    int Load,
    IReadOnlyList<AgentContact> Contacts,
    OfferedEvent? Offer = null,
    DateTimeOffset? WrapUpUntil = null);

/// <summary>A contact that the agent serves.</summary>
/// <param name="AcceptedAt">When this agent took it.</param>
/// <param name="Callback">Of a call-back, with the number to call.</param>
/// <param name="CustomerAway">True while the chat's customer has no connection.</param>
public sealed record AgentContact(
    string ContactId,
    string Kind,
    string State,
    string Queue,
    string Topic,
    CustomerInfo Customer,
    DateTimeOffset ArrivedAt,
    DateTimeOffset? AcceptedAt = null,
    string? ConversationId = null,
    CallbackInfo? Callback = null,
    bool? CustomerAway = null);

public sealed record AcceptOfferRequest(string OfferId);

/// <param name="Callback">Of a call-back, with the number to call.</param>
public sealed record AcceptOfferResult(string ContactId, string? ConversationId = null, CallbackInfo? Callback = null);

public sealed record DeclineOfferRequest(string OfferId);

/// <summary>To a queue or to an agent, one of both; the original arrival time is kept.</summary>
/// <param name="Note">For the next agent, kept as a note of the conversation, or of a call-back that has none among its attempts.</param>
public sealed record TransferRequest(
    string RequestId,
    string ContactId,
    string? Queue = null,
    string? AgentId = null,
    string? Note = null);

public sealed record AddNoteRequest(string ConversationId, string MessageId, string Text);

public sealed record GetQueuesRequest;

/// <param name="Agents">Colleagues who are signed in, to transfer to.</param>
public sealed record GetQueuesResult(IReadOnlyList<QueueSummary> Queues, IReadOnlyList<ColleagueSummary> Agents);

/// <param name="OpenNow">By its hours, and not closed by a supervisor.</param>
/// <param name="Closed">Present while a supervisor has closed it.</param>
public sealed record QueueSummary(
    string Name, int Waiting, int LongestWaitSeconds, int AgentsAvailable, bool OpenNow, QueueClosedInfo? Closed = null);

/// <param name="Free">Contacts this colleague could still take.</param>
public sealed record ColleagueSummary(string AgentId, string Name, string Status, int Free);
