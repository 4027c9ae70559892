namespace CoPilot.Contracts.Chat;

/// <param name="RequestId">Repeating with the same id answers the same call-back.</param>
/// <param name="Phone">In E.164.</param>
/// <param name="When">One of the times that <c>GET /api/callback-times</c> answers; absent for now.</param>
/// <param name="ContactId">A chat of the customer that nobody serves yet: it becomes the call-back, in the place that it has.</param>
/// <param name="Note">What it is about, for the agent.</param>
public sealed record RequestCallbackRequest(
    string RequestId,
    string Topic,
    string Phone,
    DateTimeOffset? When = null,
    string? ContactId = null,
    string? Name = null,
    string? Note = null);

/// <summary>By either <paramref name="ContactId"/>, of the customer's own, or <paramref name="ManageToken"/>.</summary>
/// <param name="When">Absent for now.</param>
public sealed record RescheduleCallbackRequest(
    string RequestId,
    string? ContactId = null,
    string? ManageToken = null,
    DateTimeOffset? When = null);

/// <summary>By either <paramref name="ContactId"/>, of the customer's own, or <paramref name="ManageToken"/>.</summary>
public sealed record CancelCallbackRequest(string RequestId, string? ContactId = null, string? ManageToken = null);

/// <summary>By either <paramref name="ContactId"/>, of the customer's own, or <paramref name="ManageToken"/>.</summary>
public sealed record GetCallbackRequest(string? ContactId = null, string? ManageToken = null);

/// <summary>A call-back as its customer sees it.</summary>
/// <param name="ManageToken">Whoever has it can look at the call-back, move it and cancel it, until it is closed, and see for a day afterwards how it ended.</param>
/// <param name="DueAt">As <see cref="CallbackInfo.DueAt"/>.</param>
/// <param name="Position">Contacts ahead in the queue's order + 1, while it waits.</param>
/// <param name="Agent">Who serves it now.</param>
/// <param name="Reason">Of a closed one, how it ended: one of <see cref="Reasons"/>.</param>
/// <param name="AttemptsLeft">How many calls there will be at most from now on, one that is under way among them; absent when it is closed.</param>
public sealed record CallbackStatus(
    string ContactId,
    string State,
    string Queue,
    string Topic,
    CallbackInfo Callback,
    string ManageToken,
    DateTimeOffset? DueAt = null,
    int? Position = null,
    WaitRange? EstimatedWait = null,
    AgentInfo? Agent = null,
    string? Reason = null,
    int? AttemptsLeft = null);

/// <summary>What a contact of kind <c>callback</c> has besides, as one receiver may see it.</summary>
/// <param name="Phone">In E.164 for the agent who serves it; for everybody else masked, as in <c>+31 •••• 5678</c>.</param>
/// <param name="Attempts">The calls made, oldest first; for agents also what was written by who passed it on.</param>
/// <param name="DueAt">When the customer is to be called; absent when that is as soon as its turn comes.</param>
/// <param name="NextAttemptAt">The same moment, when it is another try after a call that failed.</param>
/// <param name="Note">What the customer wrote about it.</param>
/// <param name="Call">For the agent who serves it, where a telephony provider makes the call.</param>
public sealed record CallbackInfo(
    string Phone,
    IReadOnlyList<CallAttemptInfo> Attempts,
    DateTimeOffset? DueAt = null,
    DateTimeOffset? NextAttemptAt = null,
    string? Note = null,
    CallInfo? Call = null);

/// <summary>How the call stands that a telephony provider makes.</summary>
/// <param name="Status">One of <see cref="CallStates"/>.</param>
/// <param name="Outcome">Of one that <c>ended</c>: <c>reached</c>, <c>no_answer</c>, <c>busy</c>, <c>voicemail</c> or <c>failed</c>, as the provider saw it. The agent says what came of it.</param>
/// <param name="Reason">Of one <c>left_to_agent</c>: <c>refused</c>, <c>unreachable</c> or <c>outside_hours</c>.</param>
public sealed record CallInfo(string Status, string? Outcome = null, string? Reason = null);

/// <param name="Outcome">One of <see cref="CallOutcomes"/>; for agents also <c>transferred</c>, which was no call.</param>
/// <param name="AgentId">For agents.</param>
/// <param name="Note">The agent's, for agents.</param>
public sealed record CallAttemptInfo(DateTimeOffset At, string Outcome, string? AgentId = null, string? Note = null);

/// <param name="RequestId">Repeating with the same id does nothing and answers the same.</param>
/// <param name="Outcome">One of <see cref="CallOutcomes"/>.</param>
/// <param name="Note">For agents, kept with the attempt.</param>
public sealed record CompleteCallbackRequest(string RequestId, string ContactId, string Outcome, string? Note = null);

/// <param name="State">Where the call-back stands now: <c>closed</c>, or <c>scheduled</c> when the customer is called again.</param>
/// <param name="NextAttemptAt">When that is.</param>
public sealed record CompleteCallbackResult(string State, DateTimeOffset? NextAttemptAt = null);
