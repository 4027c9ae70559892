using CoPilot.ChatServer.Identity;
using CoPilot.Contracts;
using CoPilot.Realtime.Sqlite;
using Microsoft.Data.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <param name="ConnectedUntil">The latest lease of their connections, in Unix milliseconds; 0 without any.</param>
/// <param name="WrapUpUntil">Unix milliseconds; null when they do not finish up after a call.</param>
internal sealed record SqliteAgentRow(
    string AgentId, string Name, int Capacity, string Status, long ConnectedUntil, int Load, bool HasOffer, long? WrapUpUntil);

/// <summary>Reads and writes agents, their queues and their connections; no rule lives here.</summary>
internal static class SqliteAgentRows
{
    private const string Select = "SELECT agent_id, name, capacity, status, connected_until, load, has_offer, wrap_up_until FROM routing_agent ";

    public static SqliteAgentRow? Find(SqliteSession session, string siteId, string agentId) =>
        session.QuerySingle(Select + "WHERE site_id = $1 AND agent_id = $2", Read, siteId, agentId);

    /// <summary>Those who are connected and not offline, by name.</summary>
    public static List<SqliteAgentRow> ListPresent(SqliteSession session, string siteId, long now) =>
        session.Query(
            Select + "WHERE site_id = $1 AND connected_until > $2 AND status <> 'offline' ORDER BY name, agent_id", Read, siteId, now);

    public static List<AgentSkill> ListSkills(SqliteSession session, string siteId, string agentId) =>
        session.Query(
            "SELECT queue, level FROM routing_agent_queue WHERE site_id = $1 AND agent_id = $2 ORDER BY ordinal",
            row => new AgentSkill(row.GetString(0), row.GetInt32(1)),
            siteId,
            agentId);

    public static void SaveProfile(SqliteSession session, AgentProfile profile, long now)
    {
        session.Execute(
            """
            INSERT INTO routing_agent (site_id, agent_id, name, capacity, status, connected_until, load, has_offer, idle_since)
            VALUES ($1, $2, $3, $4, $5, 0, 0, 0, $6)
            ON CONFLICT (site_id, agent_id) DO UPDATE SET name = excluded.name, capacity = excluded.capacity
            """,
            profile.SiteId,
            profile.AgentId,
            profile.Name,
            profile.Capacity,
            AgentStatuses.Offline,
            now);
        session.Execute("DELETE FROM routing_agent_queue WHERE site_id = $1 AND agent_id = $2", profile.SiteId, profile.AgentId);
        for (var i = 0; i < profile.Queues.Count; i++)
        {
            session.Execute(
                "INSERT OR IGNORE INTO routing_agent_queue (site_id, agent_id, queue, ordinal, level) VALUES ($1, $2, $3, $4, $5)",
                profile.SiteId,
                profile.AgentId,
                profile.Queues[i],
                i,
                profile.LevelOf(profile.Queues[i]));
        }
    }

    public static void SetStatus(SqliteSession session, string siteId, string agentId, string status) =>
        session.Execute("UPDATE routing_agent SET status = $3 WHERE site_id = $1 AND agent_id = $2", siteId, agentId, status);

    public static void SetIdleSince(SqliteSession session, string siteId, string agentId, long now) =>
        session.Execute("UPDATE routing_agent SET idle_since = $3 WHERE site_id = $1 AND agent_id = $2", siteId, agentId, now);

    /// <summary>Answers how many offers they now missed in a row.</summary>
    public static int CountMissed(SqliteSession session, string siteId, string agentId) => (int)(long)session.Scalar(
        "UPDATE routing_agent SET missed = missed + 1 WHERE site_id = $1 AND agent_id = $2 RETURNING missed", siteId, agentId)!;

    public static void ForgetMissed(SqliteSession session, string siteId, string agentId) =>
        session.Execute("UPDATE routing_agent SET missed = 0 WHERE site_id = $1 AND agent_id = $2", siteId, agentId);

    /// <param name="until">Unix milliseconds; null for no longer.</param>
    public static void SetWrapUp(SqliteSession session, string siteId, string agentId, long? until) =>
        session.Execute("UPDATE routing_agent SET wrap_up_until = $3 WHERE site_id = $1 AND agent_id = $2", siteId, agentId, until);

    /// <summary>Counts the load from the contacts themselves, so the two cannot drift apart.</summary>
    public static void Recount(SqliteSession session, string siteId, string agentId) =>
        session.Execute(
            """
            UPDATE routing_agent
            SET load = (SELECT COUNT(*) FROM routing_contact WHERE site_id = $1 AND agent_id = $2 AND state = 'active')
                     + (SELECT COUNT(*) FROM routing_contact WHERE site_id = $1 AND agent_id = $2 AND state = 'offered'),
                has_offer = EXISTS (SELECT 1 FROM routing_contact WHERE site_id = $1 AND agent_id = $2 AND state = 'offered'),
                on_call = EXISTS (SELECT 1 FROM routing_contact WHERE site_id = $1 AND agent_id = $2 AND state = 'active' AND kind = 'callback')
            WHERE site_id = $1 AND agent_id = $2
            """,
            siteId,
            agentId);

    public static void HoldConnection(SqliteSession session, string siteId, AgentConnection connection, long expiresAt)
    {
        session.Execute(
            """
            INSERT INTO routing_connection (site_id, agent_id, connection_id, expires_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO UPDATE SET expires_at = excluded.expires_at
            """,
            siteId,
            connection.AgentId,
            connection.ConnectionId,
            expiresAt);
        RecountPresence(session, siteId, connection.AgentId);
    }

    /// <summary>False when there was no such connection.</summary>
    public static bool RemoveConnection(SqliteSession session, string siteId, AgentConnection connection)
    {
        var removed = session.Execute(
            "DELETE FROM routing_connection WHERE site_id = $1 AND agent_id = $2 AND connection_id = $3",
            siteId,
            connection.AgentId,
            connection.ConnectionId);
        RecountPresence(session, siteId, connection.AgentId);
        return removed > 0;
    }

    public static List<AgentConnection> ListConnections(SqliteSession session, string siteId) =>
        session.Query(
            "SELECT agent_id, connection_id FROM routing_connection WHERE site_id = $1",
            row => new AgentConnection(row.GetString(0), row.GetString(1)),
            siteId);

    private static void RecountPresence(SqliteSession session, string siteId, string agentId) =>
        session.Execute(
            """
            UPDATE routing_agent
            SET connected_until = COALESCE(
                (SELECT MAX(expires_at) FROM routing_connection WHERE site_id = $1 AND agent_id = $2), 0)
            WHERE site_id = $1 AND agent_id = $2
            """,
            siteId,
            agentId);

    private static SqliteAgentRow Read(SqliteDataReader row) => new(
        AgentId: row.GetString(0),
        Name: row.GetString(1),
        Capacity: row.GetInt32(2),
        Status: row.GetString(3),
        ConnectedUntil: row.GetInt64(4),
        Load: row.GetInt32(5),
        HasOffer: row.GetBoolean(6),
        WrapUpUntil: row.IsDBNull(7) ? null : row.GetInt64(7));
}
