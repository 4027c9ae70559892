using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>All that estimates of a site's waits are made from, of one moment.</summary>
/// <param name="At">By the engine's clock.</param>
/// <param name="Agents">Those who are connected and available, in any order.</param>
/// <param name="Lines">Of every configured queue.</param>
public sealed record WaitFacts(DateTimeOffset At, IReadOnlyList<AgentSeats> Agents, IReadOnlyList<LineFacts> Lines);

/// <param name="Load">Offered and active contacts of all queues.</param>
/// <param name="IsOnCall">They serve a call-back.</param>
/// <param name="IsFinishingUp">They are offered nothing because they finish up after a call.</param>
public sealed record AgentSeats(IReadOnlyList<string> Queues, int Capacity, int Load, bool IsOnCall, bool IsFinishingUp);

/// <param name="InLine">Contacts that wait or are offered.</param>
/// <param name="Waiting">Of these, those that wait.</param>
/// <param name="CallsWaiting">Of those, call-backs.</param>
/// <param name="Times">As of the last change, which may be before or, after a clock stepped back, behind the moment of the facts.</param>
public sealed record LineFacts(string Queue, int InLine, int Waiting, int CallsWaiting, HandlingTimes Times)
{
    /// <summary>A supervisor has closed it, whatever its hours.</summary>
    public bool IsClosedForNow { get; init; }
}

/// <summary>What a customer was shown.</summary>
public sealed record ShownWait(WaitRange Range, DateTimeOffset At);

/// <summary>What the customer of a contact is being shown.</summary>
public sealed record WaitShown(string ContactId, WaitRange Range);
