using CoPilot.CoBrowse.Auditing;
using CoPilot.Realtime.Sqlite;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>The embedded engine, in a file of its own: its commits never wait behind the chat's.</summary>
internal sealed class SqliteSessionStore(SqliteDatabase database, TimeProvider clock) : ISessionStore
{
    public Task<AgentSessions> ReadAgentAsync(string siteId, string agentId, string requestId, CancellationToken cancellationToken = default) =>
        Task.FromResult(database.Read(session => ReadAgent(session, siteId, agentId, requestId)));

    public Task<AddedSession> AddAsync(SessionWriting added, AgentSessions read, CancellationToken cancellationToken = default) =>
        database.WriteAsync(session => Add(session, added, read), cancellationToken);

    public Task<SessionReading?> FindAsync(string siteId, string sessionId, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult(database.Read(session => session.QuerySingle(
            "SELECT document, version FROM sessions WHERE site_id = $1 AND session_id = $2",
            row => new SessionReading(SessionJson.ReadSession(row.GetString(0)), row.GetInt64(1), now),
            siteId,
            sessionId)));
    }

    public Task<string?> FindByCodeAsync(string siteId, string finder, CancellationToken cancellationToken = default) =>
        Task.FromResult((string?)database.Read(session => session.Scalar(
            "SELECT session_id FROM sessions WHERE site_id = $1 AND finder = $2", siteId, finder)));

    public Task<bool> ReplaceAsync(SessionReading read, SessionWriting writing, CancellationToken cancellationToken = default) =>
        database.WriteAsync(session => Replace(session, read, writing), cancellationToken);

    public Task<IReadOnlyList<string>> ListOpenAsync(string siteId, string agentId, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string>>(database.Read(session => ListOpen(session, siteId, agentId)));

    public Task<IReadOnlyList<string>> ListDueAsync(string siteId, int limit, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string>>(database.Read(session => session.Query(
            "SELECT session_id FROM sessions WHERE site_id = $1 AND due_at <= $2 ORDER BY due_at, session_id LIMIT $3",
            row => row.GetString(0),
            siteId,
            clock.GetUtcNow().ToUnixTimeMilliseconds(),
            limit)));

    public Task<SiteSessions> ListAsync(string siteId, long after, int limit, CancellationToken cancellationToken = default) =>
        Task.FromResult(database.Read(session => new SiteSessions(LastNumber(session, siteId), session.Query(
            "SELECT document FROM sessions WHERE site_id = $1 AND number > $2 ORDER BY number LIMIT $3",
            row => SessionJson.ReadSession(row.GetString(0)),
            siteId,
            after,
            limit))));

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(string siteId, string sessionId, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<AuditEntry>>(database.Read(session => session.Query(
            "SELECT entry FROM audit WHERE site_id = $1 AND session_id = $2 ORDER BY number",
            row => SessionJson.ReadEntry(row.GetString(0)),
            siteId,
            sessionId)));

    private static long LastNumber(SqliteSession session, string siteId) =>
        (long?)session.Scalar("SELECT last FROM site_numbers WHERE site_id = $1", siteId) ?? 0;

    private static List<string> ListOpen(SqliteSession session, string siteId, string agentId) => session.Query(
        "SELECT session_id FROM sessions WHERE site_id = $1 AND agent_id = $2 AND is_open = 1 ORDER BY session_id",
        row => row.GetString(0),
        siteId,
        agentId);

    private AgentSessions ReadAgent(SqliteSession session, string siteId, string agentId, string requestId) => new(
        LastNumber(session, siteId),
        ListOpen(session, siteId, agentId),
        (string?)session.Scalar(
            "SELECT session_id FROM sessions WHERE site_id = $1 AND agent_id = $2 AND request_id = $3", siteId, agentId, requestId),
        clock.GetUtcNow());

    private AddedSession Add(SqliteSession session, SessionWriting added, AgentSessions read)
    {
        var document = added.Session;
        var now = ReadAgent(session, document.SiteId, document.AgentId, document.RequestId);
        if (now.LastNumber != read.LastNumber || now.RequestedSessionId is not null || now.Now - read.Now > ISessionStore.LateAfter
            || !now.OpenSessionIds.SequenceEqual(read.OpenSessionIds, StringComparer.Ordinal))
        {
            return AddedSession.Changed;
        }

        var isTaken = session.Scalar("SELECT 1 FROM sessions WHERE site_id = $1 AND finder = $2", document.SiteId, document.Finder) is not null;
        if (isTaken)
        {
            return AddedSession.FinderTaken;
        }

        session.Execute(
            """
            INSERT INTO sessions (site_id, session_id, number, agent_id, request_id, finder, is_open, due_at, version, document)
            VALUES ($1, $2, $3, $4, $5, $6, 1, $7, 1, $8)
            """,
            document.SiteId,
            document.SessionId,
            document.Number,
            document.AgentId,
            document.RequestId,
            document.Finder,
            added.DueAt?.ToUnixTimeMilliseconds(),
            SessionJson.Write(document));
        session.Execute(
            "INSERT INTO site_numbers (site_id, last) VALUES ($1, $2) ON CONFLICT DO UPDATE SET last = $2", document.SiteId, document.Number);
        AddAudit(session, added);
        return AddedSession.Added;
    }

    private bool Replace(SqliteSession session, SessionReading read, SessionWriting writing)
    {
        if (clock.GetUtcNow() - read.Now > ISessionStore.LateAfter)
        {
            return false;
        }

        var document = writing.Session;
        var changed = session.Execute(
            """
            UPDATE sessions SET finder = $1, is_open = $2, due_at = $3, version = version + 1, document = $4
            WHERE site_id = $5 AND session_id = $6 AND version = $7
            """,
            document.Finder,
            document.IsEnded ? 0 : 1,
            writing.DueAt?.ToUnixTimeMilliseconds(),
            SessionJson.Write(document),
            document.SiteId,
            document.SessionId,
            read.Version);
        if (changed == 0)
        {
            return false;
        }

        AddAudit(session, writing);
        return true;
    }

    private static void AddAudit(SqliteSession session, SessionWriting writing)
    {
        foreach (var entry in writing.Audit)
        {
            session.Execute(
                "INSERT INTO audit (site_id, session_id, number, entry) VALUES ($1, $2, $3, $4)",
                writing.Session.SiteId,
                writing.Session.SessionId,
                entry.Number,
                SessionJson.Write(entry));
        }
    }
}
