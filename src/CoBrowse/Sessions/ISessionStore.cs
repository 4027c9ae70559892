using CoPilot.CoBrowse.Auditing;
using CoPilot.Realtime;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>
/// The sessions of all sites with their audit. A session is one document with a version, and is replaced only while that version is the one that was read; what may
/// happen to it is decided by <see cref="SessionSteps"/> and nowhere in an engine.
/// <para><b>Atomicity.</b> A session, what finds it (its code's finder, its agent, when it is due) and its audit entries change in one step or not at all.</para>
/// <para><b>Clock.</b> The engine's: reading answers its moment with the document, the step is taken at that moment, and replacing is refused when the engine's clock
/// is more than <see cref="LateAfter"/> past it. So a node that stalled reads again instead of acting in the past.</para>
/// <para><b>Durability.</b> A call is answered after its effect would survive the death of the process.</para>
/// <para><b>Concurrency.</b> Safe to call from any thread and any node at once; of two who replace the same version one is refused.</para>
/// <para><b>Failure.</b> A store out of reach throws <see cref="StoreUnavailableException"/>: the outcome is unknown.</para>
/// <para><b>Expiry.</b> None: an ended session keeps its document and its audit until they are kept elsewhere. A request id is remembered for at least
/// <see cref="Contracts.Limits.RequestMemory"/>.</para>
/// <para>What belongs to another site does not exist.</para>
/// </summary>
public interface ISessionStore
{
    static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(2);

    /// <summary>What has to be known to add a session.</summary>
    Task<AgentSessions> ReadAgentAsync(string siteId, string agentId, string requestId, CancellationToken cancellationToken = default);

    /// <summary>Adds a session whose number follows the site's last one, unless its finder is another's or what was read is no longer so.</summary>
    Task<AddedSession> AddAsync(SessionWriting added, AgentSessions read, CancellationToken cancellationToken = default);

    Task<SessionReading?> FindAsync(string siteId, string sessionId, CancellationToken cancellationToken = default);

    /// <summary>The id of the session that has this finder now.</summary>
    Task<string?> FindByCodeAsync(string siteId, string finder, CancellationToken cancellationToken = default);

    /// <summary>False when the version is no longer the one that was read, or the reading is too old; read again then.</summary>
    Task<bool> ReplaceAsync(SessionReading read, SessionWriting writing, CancellationToken cancellationToken = default);

    /// <summary>Ids of the agent's sessions that have not ended, in no order.</summary>
    Task<IReadOnlyList<string>> ListOpenAsync(string siteId, string agentId, CancellationToken cancellationToken = default);

    /// <summary>Ids of sessions with something due, the longest due first. Nothing is claimed: whoever replaces first has done it.</summary>
    Task<IReadOnlyList<string>> ListDueAsync(string siteId, int limit, CancellationToken cancellationToken = default);

    /// <summary>The site's sessions by their numbers, and the last number that was given. Reads much: for an operator, not for a call.</summary>
    /// <param name="after">Only those with a higher number.</param>
    Task<SiteSessions> ListAsync(string siteId, long after, int limit, CancellationToken cancellationToken = default);

    /// <summary>In their order.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(string siteId, string sessionId, CancellationToken cancellationToken = default);
}

/// <param name="Now">The engine's moment of reading.</param>
public sealed record SessionReading(CoBrowseSession Session, long Version, DateTimeOffset Now);

/// <param name="LastNumber">Of the site's last session; 0 before the first.</param>
/// <param name="OpenSessionIds">The agent's sessions that have not ended, by their ids in ordinal order.</param>
/// <param name="RequestedSessionId">The session that was made by this request id before.</param>
public sealed record AgentSessions(long LastNumber, IReadOnlyList<string> OpenSessionIds, string? RequestedSessionId, DateTimeOffset Now);

/// <param name="LastNumber">Of the site's last session, whether or not it is still there; 0 before the first.</param>
public sealed record SiteSessions(long LastNumber, IReadOnlyList<CoBrowseSession> Sessions);

/// <param name="DueAt">When something happens by itself.</param>
public sealed record SessionWriting(CoBrowseSession Session, DateTimeOffset? DueAt, IReadOnlyList<AuditEntry> Audit);

public enum AddedSession
{
    Added,

    /// <summary>A living code begins like this one: try another.</summary>
    FinderTaken,

    /// <summary>The site's number or the agent's sessions changed meanwhile: read again.</summary>
    Changed,
}
