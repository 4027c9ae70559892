using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>To a queue or to an agent; exactly one of both.</summary>
/// <param name="RequestId">The same one again does nothing and answers the same.</param>
/// <param name="Note">For the next agent. Kept here only of what has no conversation, as an attempt with the outcome <c>transferred</c>.</param>
public sealed record TransferCommand(
    string RequestId,
    string SiteId,
    string ContactId,
    string AgentId,
    string? ToQueue,
    string? ToAgentId,
    string? Note = null);

/// <param name="ByRole">Who ends it: <c>customer</c> or <c>agent</c>.</param>
/// <param name="ById">Must be the contact's customer, or the agent who serves it.</param>
public sealed record CloseCommand(
    string SiteId,
    string ContactId,
    string ByRole,
    string ById,
    string? Disposition);

/// <param name="Fence">Of the contact, when it was looked at.</param>
/// <param name="LookAgainAt">Null ends the chat.</param>
public sealed record InactivityCommand(string SiteId, string ContactId, long Fence, DateTimeOffset? LookAgainAt);

/// <summary>One queue's line and agents at a moment.</summary>
/// <param name="Waiting">Contacts in line: waiting or offered.</param>
/// <param name="OldestArrival">Of those in line.</param>
/// <param name="AgentsAvailable">Connected, available and with room.</param>
public sealed record QueueState(string Name, int Waiting, DateTimeOffset? OldestArrival, int AgentsAvailable)
{
    /// <summary>Null unless a supervisor has closed it for now.</summary>
    public QueueClosure? Closure { get; init; }
}

/// <summary>A place in a queue's line: contacts ahead + 1.</summary>
/// <param name="ConversationId">Null where there is no conversation.</param>
public sealed record LinePosition(string ContactId, string CustomerId, string? ConversationId, string State, int Position)
{
    /// <summary>One of <see cref="Contracts.ContactKinds"/>.</summary>
    public string Kind { get; init; } = ContactKinds.Chat;

    /// <summary>When it would have come if it had no head start, in Unix milliseconds.</summary>
    public long StandsAt { get; init; }

    /// <summary>What its customer was shown first is kept, or counts no more because somebody served it.</summary>
    public bool IsWaitKept { get; init; }
}

/// <summary>What claiming the due timers came to.</summary>
/// <param name="NextDue">When the next timer is due; null when there is none.</param>
public sealed record TimersFired(int Count, DateTimeOffset? NextDue)
{
    /// <summary>Calls that whoever fired the timers makes now. Somebody else is told to unless <see cref="IContactQueue.HoldCallAsync"/> is asked within <see cref="RoutingRules.CallBegunWithin"/>.</summary>
    public IReadOnlyList<Contact> Calls { get; init; } = [];
}

/// <summary>A colleague to transfer to.</summary>
public sealed record Colleague(AgentInfo Agent, string Status, int Free);
