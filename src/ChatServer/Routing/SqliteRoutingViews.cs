using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <summary>What others see of routing, read in one snapshot.</summary>
internal static class SqliteRoutingViews
{
    /// <summary>People are asked about when they come, at the end of the line, or when they are about to be served, at its beginning: the middle is counted least.</summary>
    private const int CountedBehind = 100;

    private const string InLine = "site_id = $1 AND queue = $2 AND state IN ('waiting', 'offered')";

    public static Agent? FindAgent(SqliteSession session, string siteId, string agentId, long now)
    {
        if (SqliteAgentRows.Find(session, siteId, agentId) is not { } row)
        {
            return null;
        }

        Offer? offer = null;
        if (SqliteContactRows.FindOffered(session, siteId, agentId) is { OfferId: { } offerId } offered)
        {
            offer = SqliteOfferRows.Find(session, siteId, offerId)!.ToOffer(offerId, offered.Contact);
        }

        var skills = SqliteAgentRows.ListSkills(session, siteId, agentId);
        var profile = new AgentProfile(agentId, siteId, row.Name, skills.ConvertAll(skill => skill.Queue), row.Capacity)
        {
            Levels = skills.ToDictionary(skill => skill.Queue, skill => skill.Level, StringComparer.Ordinal),
        };
        var contacts = SqliteContactRows.ListServed(session, siteId, agentId).ConvertAll(served => served.Contact);
        return new Agent(profile, row.Status, row.ConnectedUntil > now, row.Load, contacts, offer)
        {
            WrapUpUntil = row.WrapUpUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
        };
    }

    public static List<QueueState> ListQueues(SqliteSession session, Site site, long now)
    {
        var available = CountAvailable(session, site.Id, now);
        return [.. site.Queues.Select(queue => new QueueState(
            queue.Name,
            CountLine(session, site.Id, queue.Name),
            FindOldestArrival(session, site.Id, queue.Name),
            available.GetValueOrDefault(queue.Name))
        {
            Closure = SqliteClosures.Find(session, site.Id, queue.Name, now),
        })];
    }

    /// <summary>By queue: agents who are connected, available and have room.</summary>
    public static Dictionary<string, int> CountAvailable(SqliteSession session, string siteId, long now) =>
        session.Query(
            """
            SELECT q.queue, COUNT(*)
            FROM routing_agent a JOIN routing_agent_queue q ON q.site_id = a.site_id AND q.agent_id = a.agent_id
            WHERE a.site_id = $1 AND a.status = 'available' AND a.load < a.capacity AND a.connected_until > $2 AND a.wrap_up_until IS NULL
            GROUP BY q.queue
            """,
            row => KeyValuePair.Create(row.GetString(0), row.GetInt32(1)),
            siteId,
            now).ToDictionary(StringComparer.Ordinal);

    public static List<Colleague> ListColleagues(SqliteSession session, string siteId, long now) =>
        SqliteAgentRows.ListPresent(session, siteId, now).ConvertAll(
            agent => new Colleague(new AgentInfo(agent.AgentId, agent.Name), agent.Status, Math.Max(0, agent.Capacity - agent.Load)));

    public static int CountLine(SqliteSession session, string siteId, string queue) =>
        (int)(long)session.Scalar("SELECT COALESCE(SUM(in_line), 0) FROM routing_line WHERE site_id = $1 AND queue = $2", siteId, queue)!;

    public static List<LinePosition> ListLine(SqliteSession session, string siteId, string queue)
    {
        var position = 0;
        return session.Query(
            $"""
            SELECT contact_id, customer_id, CASE WHEN has_conversation THEN conversation_id END, state, kind, place, shown_at IS NOT NULL OR served_by IS NOT NULL
            FROM routing_contact WHERE {InLine} ORDER BY place
            """,
            row => new LinePosition(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3), ++position)
            {
                Kind = row.GetString(4),
                StandsAt = LinePlace.StandsAt(row.GetInt64(5)),
                IsWaitKept = row.GetBoolean(6),
            },
            siteId,
            queue);
    }

    public static WaitFacts ReadWaits(SqliteSession session, Site site, DateTimeOffset now)
    {
        var (lines, waiting) = (SqliteHandlingRows.CountLines(session, site.Id), SqliteHandlingRows.CountWaiting(session, site.Id));
        var times = SqliteHandlingRows.List(session, site.Id);
        return new WaitFacts(
            now,
            SqliteHandlingRows.ListAgents(session, site.Id, now.ToUnixTimeMilliseconds()),
            [.. site.Queues.Select(queue => ToFacts(queue.Name))]);

        LineFacts ToFacts(string queue)
        {
            var calls = waiting.GetValueOrDefault((queue, ContactKinds.Callback));
            var chats = waiting.GetValueOrDefault((queue, ContactKinds.Chat));
            return new LineFacts(queue, lines.GetValueOrDefault(queue), chats + calls, calls, times.GetValueOrDefault(queue))
            {
                IsClosedForNow = SqliteClosures.Find(session, site.Id, queue, now.ToUnixTimeMilliseconds()) is not null,
            };
        }
    }

    public static int? FindPosition(SqliteSession session, string siteId, string contactId)
    {
        var place = session.QuerySingle<(string Queue, long Place)?>(
            "SELECT queue, place FROM routing_contact WHERE contact_id = $1 AND site_id = $2 AND state IN ('waiting', 'offered')",
            row => (row.GetString(0), row.GetInt64(1)),
            contactId,
            siteId);
        if (place is not { } own)
        {
            return null;
        }

        var behind = (int)(long)session.Scalar(
            $"SELECT COUNT(*) FROM (SELECT 1 FROM routing_contact WHERE {InLine} AND place > $3 LIMIT {CountedBehind})", siteId, own.Queue, own.Place)!;
        return behind < CountedBehind
            ? CountLine(session, siteId, own.Queue) - behind
            : (int)(long)session.Scalar($"SELECT COUNT(*) FROM routing_contact WHERE {InLine} AND place <= $3", siteId, own.Queue, own.Place)!;
    }

    /// <summary>Not always of who stands first; but nobody came before them who stands behind their stamp.</summary>
    public static DateTimeOffset? FindOldestArrival(SqliteSession session, string siteId, string queue) =>
        session.Scalar($"SELECT place FROM routing_contact WHERE {InLine} ORDER BY place LIMIT 1", siteId, queue) is long first
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)session.Scalar(
                $"SELECT arrived_at FROM routing_contact WHERE {InLine} AND place <= $3 ORDER BY place / 2048 + place % 2048 * 1000 LIMIT 1",
                siteId,
                queue,
                LinePlace.LastAt(LinePlace.StampOf(first)))!)
            : null;
}
