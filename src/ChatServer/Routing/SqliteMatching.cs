using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Finds the next offer to make. It starts from the agents who are free and looks only into their queues' lanes (a line's chats, or its call-backs), so a line of
/// any length costs nothing while nobody is free for it.
/// </summary>
internal static class SqliteMatching
{
    private static readonly string[] Kinds = [ContactKinds.Chat, ContactKinds.Callback];

    /// <summary>An agent (<c>a</c>) whom some offer can go to: $1 is the site, $2 now. Spelled like the condition of the index <c>routing_agent_free</c>.</summary>
    private const string IsFree =
        "a.site_id = $1 AND a.status = 'available' AND a.has_offer = 0 AND a.load < a.capacity AND a.wrap_up_until IS NULL AND a.connected_until > $2";

    /// <summary>The agent takes what is of this kind: $4 says whether those who are on a call do.</summary>
    private const string TakesKind = "(a.on_call = 0 OR $4)";

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
        WHERE c.site_id = $1 AND c.queue = $3 AND c.kind = $5 AND c.state = 'waiting' AND c.prefers IS NULL AND EXISTS (
            SELECT 1
            FROM {FreeAgents} ON q.site_id = a.site_id AND q.agent_id = a.agent_id AND q.queue = $3
            LEFT JOIN routing_pass p ON p.contact_id = c.contact_id AND p.agent_id = a.agent_id
            WHERE {IsFree} AND {TakesKind} AND (p.passed_until IS NULL OR p.passed_until <= $2))
        ORDER BY c.place LIMIT 1
        """;

    /// <summary>The first of those who wait for one of the free agents alone.</summary>
    private const string OldestPreferring =
        $"""
        SELECT c.place, c.contact_id
        FROM {FreeAgents} ON q.site_id = a.site_id AND q.agent_id = a.agent_id AND q.queue = $3
        CROSS JOIN routing_contact c INDEXED BY routing_contact_preferring
            ON c.site_id = $1 AND c.prefers = a.agent_id AND c.queue = $3 AND c.kind = $5 AND c.state = 'waiting' AND c.prefers IS NOT NULL
        WHERE {IsFree} AND {TakesKind}
        ORDER BY c.place LIMIT 1
        """;

    /// <summary>Whether somebody waits in the lane and somebody is free for it, though they may have passed on each other.</summary>
    private const string LaneIsWanted =
        $"""
        SELECT EXISTS (SELECT 1 FROM routing_contact c WHERE c.site_id = $1 AND c.queue = $3 AND c.kind = $5 AND c.state = 'waiting' AND c.prefers IS NULL)
            AND EXISTS (
                SELECT 1
                FROM {FreeAgents} ON q.site_id = a.site_id AND q.agent_id = a.agent_id AND q.queue = $3
                WHERE {IsFree} AND {TakesKind})
            OR EXISTS ({OldestPreferring})
        """;

    private const string BestAgent =
        $"""
        SELECT a.agent_id
        FROM {FreeAgents} ON q.site_id = a.site_id AND q.agent_id = a.agent_id AND q.queue = $3
        LEFT JOIN routing_pass p ON p.contact_id = $5 AND p.agent_id = a.agent_id
        WHERE {IsFree} AND {TakesKind} AND (p.passed_until IS NULL OR p.passed_until <= $2)
            AND a.agent_id = COALESCE((SELECT c.prefers FROM routing_contact c WHERE c.contact_id = $5), a.agent_id)
        ORDER BY p.passed_until IS NOT NULL, CASE $6 WHEN 'best_level' THEN -q.level END, CASE $6 WHEN 'longest_idle' THEN NULL ELSE a.load END,
            a.idle_since, a.agent_id LIMIT 1
        """;

    private const string FreeAgent =
        $"""
        SELECT 1
        FROM routing_agent a JOIN routing_agent_queue q ON q.site_id = a.site_id AND q.agent_id = a.agent_id AND q.queue = $3
        WHERE {IsFree} AND {TakesKind} AND a.agent_id = $5
        """;

    /// <summary>The first waiting contact that somebody matches, and who is to get it; null when there is none.</summary>
    public static (string ContactId, string AgentId)? FindNext(SqliteSession session, Site site, long now)
    {
        (long Place, string ContactId, string Queue, string Kind)? first = null;
        foreach (var queue in session.Query(QueuesWithFreeAgents, row => row.GetString(0), site.Id, now))
        {
            foreach (var kind in Kinds.Where(kind => MayBeOffered(session, site, queue, kind, now)))
            {
                foreach (var oldest in (string[])[OldestWithMatch, OldestPreferring])
                {
                    var candidate = session.QuerySingle<(long Place, string ContactId, string Queue, string Kind)?>(
                        oldest, row => (row.GetInt64(0), row.GetString(1), queue, kind), site.Id, now, queue, AlsoDuringCalls(site, kind), kind);
                    first = candidate is not null && (first is null || candidate.Value.Place < first.Value.Place) ? candidate : first;
                }
            }
        }

        return first is { } contact
            ? (contact.ContactId, (string)session.Scalar(
                BestAgent,
                site.Id,
                now,
                contact.Queue,
                AlsoDuringCalls(site, contact.Kind),
                contact.ContactId,
                site.SettingsOf(contact.Queue).Strategy)!)
            : null;
    }

    /// <summary>Closed queues for whose call-backs somebody is free, and when they open in Unix milliseconds; without those that never do.</summary>
    public static List<(string Queue, long Opening)> ListAwaitedOpenings(SqliteSession session, Site site, long now)
    {
        var openings = new List<(string Queue, long Opening)>();
        foreach (var queue in session.Query(QueuesWithFreeAgents, row => row.GetString(0), site.Id, now))
        {
            if (!MayBeOffered(session, site, queue, ContactKinds.Callback, now)
                && (long)session.Scalar(LaneIsWanted, site.Id, now, queue, AlsoDuringCalls(site, ContactKinds.Callback), ContactKinds.Callback)! == 1
                && SqliteClosures.NextOpening(session, site, queue, now) is { } opening)
            {
                openings.Add((queue, opening));
            }
        }

        return openings;
    }

    /// <summary>Whether an offer of this contact can go to the agent now, whatever the hours.</summary>
    public static bool IsFreeFor(SqliteSession session, Site site, long now, Contact contact, string agentId) =>
        session.Scalar(FreeAgent, site.Id, now, contact.Queue, AlsoDuringCalls(site, contact.Kind), agentId) is not null;

    /// <summary>Nobody is called while the queue is closed; a chat is with somebody who is there.</summary>
    private static bool MayBeOffered(SqliteSession session, Site site, string queue, string kind, long now) =>
        kind == ContactKinds.Chat || SqliteClosures.IsOpen(session, site, queue, now);

    private static int AlsoDuringCalls(Site site, string kind) => kind == ContactKinds.Chat && site.Callbacks.ChatsDuringCalls ? 1 : 0;
}
