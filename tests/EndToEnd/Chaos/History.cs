using System.Collections.Concurrent;
using CoPilot.Contracts.Chat;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>
/// What all clients of a story did and saw, on one logical clock: of two moments in different threads the one that was over first has the lower number.
/// Thread-safe.
/// </summary>
internal sealed class History
{
    private readonly ConcurrentQueue<SendAttempt> _sends = new();
    private readonly ConcurrentQueue<Push> _pushes = new();
    private readonly ConcurrentQueue<AcceptedOffer> _acceptedOffers = new();
    private readonly ConcurrentQueue<FinalConversation> _conversations = new();
    private long _clock;
    private int _subscriptions;

    public long Now() => Interlocked.Increment(ref _clock);

    /// <summary>One conversation on one connection; its pushes are in order.</summary>
    public int NewSubscription() => Interlocked.Increment(ref _subscriptions);

    public void Add(SendAttempt attempt) => _sends.Enqueue(attempt);

    public void Add(Push push) => _pushes.Enqueue(push);

    public void Add(AcceptedOffer accepted) => _acceptedOffers.Enqueue(accepted);

    public void Add(FinalConversation conversation) => _conversations.Enqueue(conversation);

    /// <param name="agentsAreFree">Somebody could have taken what still waits.</param>
    public Observations End(bool agentsAreFree) => new([.. _sends], [.. _pushes], [.. _acceptedOffers], [.. _conversations], agentsAreFree);
}

/// <summary>All that the checker looks at.</summary>
/// <param name="Pushes">In the order in which they arrived.</param>
internal sealed record Observations(
    IReadOnlyList<SendAttempt> Sends,
    IReadOnlyList<Push> Pushes,
    IReadOnlyList<AcceptedOffer> AcceptedOffers,
    IReadOnlyList<FinalConversation> Conversations,
    bool AgentsAreFree);

internal enum SendOutcome
{
    /// <summary>Answered with a <c>seq</c>.</summary>
    Accepted,

    /// <summary>Answered with a code that means that it did not happen.</summary>
    Refused,

    /// <summary>No answer, or <c>unavailable</c>: it may have happened.</summary>
    Unknown,
}

/// <summary>One try to send a message; a client that got no answer tries again under the same id.</summary>
/// <param name="Seq">What the answer said; null for the first message of <c>StartChat</c>, whose answer names none.</param>
internal sealed record SendAttempt(
    string ConversationId, string AuthorId, string MessageId, string Text, long Started, long Ended, SendOutcome Outcome, long? Seq = null, string? Code = null);

/// <summary>A <c>Message</c> event.</summary>
internal sealed record Push(int Subscription, string ConversationId, LogEntry Entry);

/// <summary>An <c>AcceptOffer</c> that was answered.</summary>
internal sealed record AcceptedOffer(string ConversationId, string AgentId);

/// <summary>A conversation as it was found when everything had come to rest.</summary>
/// <param name="Epochs">All that any client saw of it; more than one says that the log was lost or cut back.</param>
/// <param name="State">As its customer sees the contact; null when it is not open any more.</param>
/// <param name="Owners">The agents whose console lists it.</param>
/// <param name="CustomerLog">Read whole by the customer.</param>
/// <param name="AgentLog">Read whole by who serves it; null when nobody does.</param>
internal sealed record FinalConversation(
    string ConversationId,
    string CustomerId,
    IReadOnlyCollection<string> Epochs,
    string? State,
    IReadOnlyList<string> Owners,
    IReadOnlyList<LogEntry> CustomerLog,
    IReadOnlyList<LogEntry>? AgentLog);
