using CoPilot.Realtime;

namespace CoPilot.ChatServer.Supervision;

/// <summary>
/// What supervisors did: written by the very steps that did it, never changed, and the newest <see cref="Kept"/> of a site kept. A store out of reach throws
/// <see cref="StoreUnavailableException"/>. Thread-safe.
/// </summary>
public interface ISupervisionActs
{
    /// <summary>More than anybody reads.</summary>
    const int Kept = 10_000;

    /// <summary>The oldest ones after that number, in order.</summary>
    /// <param name="after">0 for the first.</param>
    Task<IReadOnlyList<SupervisionAct>> ListAsync(string siteId, long after, int limit, CancellationToken cancellationToken = default);
}

/// <param name="Number">1, 2, 3 of the site: a number that is missing between two was taken out by somebody.</param>
/// <param name="AgentName">What they were called then.</param>
/// <param name="What">One of <see cref="SupervisionActs"/>.</param>
/// <param name="Subject">The queue or contact that it was done to.</param>
public sealed record SupervisionAct(
    long Number, DateTimeOffset At, string AgentId, string AgentName, string What, string Subject, string? Detail);

/// <summary>What supervisors do.</summary>
public static class SupervisionActs
{
    /// <summary>Of a queue, for now. Detail: the end in Unix milliseconds; none for until it is opened.</summary>
    public const string QueueClosed = "queue_closed";

    /// <summary>Of a queue that was closed for now.</summary>
    public const string QueueOpened = "queue_opened";

    /// <summary>Of a contact. Detail: the queue it was in, and the one it is in now.</summary>
    public const string ContactMoved = "contact_moved";

    /// <summary>Of a contact. Detail: its head start in seconds.</summary>
    public const string PrioritySet = "priority_set";
}
