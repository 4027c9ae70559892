using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Finds the next offer to make. It starts from the agents who are free and looks only into their queues' lines, so a line of any
/// length costs nothing while nobody is free for it.
/// </summary>
internal static class SqliteMatching
{
    /// <summary>An agent (<c>a</c>) whom an offer can go to: $1 is the site, $2 now. Spelled like the condition of the index <c>routing_agent_free</c>.</summary>
    private const string IsFree =
        "a.site_id = $1 AND a.status = 'available' AND a.has_offer = 0 AND a.load < a.capacity AND a.connected_until > $2";

    /// <summary>
    /// Named, because the planner would rather go through all agents by the primary key. <c>CROSS JOIN</c> keeps the order: first who is free,
    /// then their queues.
    /// </summary>
    private const string FreeAgents = "routing_agent a INDEXED BY routing_agent_free CROSS JOIN routing_agent_queue q";

    private const string QueuesWithFreeAgents =
        $"""
        SELECT DISTINCT q.queue
        FROM {FreeAgents} ON q.site_id = a.site_id AND q.agent_id = a.agent_id
        WHERE {IsFree}
        """;

    private const string OldestWithMatch =
        $"""
        SELECT c.place, c.contact_id FROM routing_contact c
        WHERE c.site_id = $1 AND c.queue = $3 AND c.state = 'waiting' AND EXISTS (
            SELECT 1
            FROM {FreeAgents} ON q.site_id = a.site_id AND q.agent_id = a.agent_id AND q.queue = $3
            LEFT JOIN routing_pass p ON p.contact_id = c.contact_id AND p.agent_id = a.agent_id
            WHERE {IsFree} AND (p.passed_until IS NULL OR p.passed_until <= $2))
        ORDER BY c.place LIMIT 1
        """;

    private const string BestAgent =
        $"""
        SELECT a.agent_id
        FROM {FreeAgents} ON q.site_id = a.site_id AND q.agent_id = a.agent_id AND q.queue = $3
        LEFT JOIN routing_pass p ON p.contact_id = $4 AND p.agent_id = a.agent_id
        WHERE {IsFree} AND (p.passed_until IS NULL OR p.passed_until <= $2)
        ORDER BY p.passed_until IS NOT NULL, a.load, a.idle_since, a.agent_id LIMIT 1
        """;

    private const string FreeAgent =
        $"""
        SELECT 1
        FROM routing_agent a JOIN routing_agent_queue q ON q.site_id = a.site_id AND q.agent_id = a.agent_id AND q.queue = $3
        WHERE {IsFree} AND a.agent_id = $4
        """;

    /// <summary>The oldest waiting contact that somebody matches, and who is to get it; null when there is none.</summary>
    public static (string ContactId, string AgentId)? FindNext(SqliteSession session, string siteId, long now)
    {
        (long Place, string ContactId, string Queue)? oldest = null;
        foreach (var queue in session.Query(QueuesWithFreeAgents, row => row.GetString(0), siteId, now))
        {
            var candidate = session.QuerySingle<(long Place, string ContactId, string Queue)?>(
                OldestWithMatch, row => (row.GetInt64(0), row.GetString(1), queue), siteId, now, queue);
            if (candidate is not null && (oldest is null || candidate.Value.Place < oldest.Value.Place))
            {
                oldest = candidate;
            }
        }

        return oldest is { } contact
            ? (contact.ContactId, (string)session.Scalar(BestAgent, siteId, now, contact.Queue, contact.ContactId)!)
            : null;
    }

    /// <summary>Whether an offer of this queue can go to the agent now.</summary>
    public static bool IsFreeFor(SqliteSession session, string siteId, long now, string queue, string agentId) =>
        session.Scalar(FreeAgent, siteId, now, queue, agentId) is not null;
}
