using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <summary>What supervisors see of a site, read in one snapshot.</summary>
internal static class SqliteSiteViews
{
    public static SiteFacts Read(SqliteSession session, Site site, DateTimeOffset moment, IReadOnlyCollection<string> listed)
    {
        var now = moment.ToUnixTimeMilliseconds();
        return new SiteFacts(
            moment,
            ListLines(session, site, now),
            ListAgents(session, site.Id, now),
            [.. listed.Select(queue => new ListedLine(queue, ListContacts(session, site.Id, queue)))]);
    }

    private static List<SiteLine> ListLines(SqliteSession session, Site site, long now)
    {
        var (inLine, serving) = (CountInLine(session, site.Id), CountServing(session, site.Id));
        var (scheduled, available) = (CountScheduled(session, site.Id, now), SqliteRoutingViews.CountAvailable(session, site.Id, now));
        var times = SqliteHandlingRows.List(session, site.Id);
        return [.. site.Queues.Select(queue => ToLine(queue.Name))];

        SiteLine ToLine(string queue)
        {
            var line = inLine[queue].ToList();
            var calls = line.FindAll(part => part.Kind == ContactKinds.Callback);
            var (waiting, closure) = (line.Sum(part => part.Waiting), SqliteClosures.Find(session, site.Id, queue, now));
            var oldest = line.Count == 0 ? null : SqliteRoutingViews.FindOldestArrival(session, site.Id, queue);
            var (later, due) = scheduled.GetValueOrDefault(queue);
            return new SiteLine(
                new QueueState(queue, line.Sum(part => part.Count), oldest, available.GetValueOrDefault(queue)) { Closure = closure },
                new LineFacts(queue, line.Sum(part => part.Count), waiting, calls.Sum(part => part.Waiting), times.GetValueOrDefault(queue))
                {
                    IsClosedForNow = closure is not null,
                },
                calls.Sum(part => part.Count),
                serving.GetValueOrDefault(queue),
                later,
                due);
        }
    }

    private static ILookup<string, (string Kind, int Count, int Waiting)> CountInLine(SqliteSession session, string siteId) =>
        session.Query(
            "SELECT queue, kind, in_line, waiting FROM routing_line WHERE site_id = $1 AND in_line > 0",
            row => (Queue: row.GetString(0), Part: (row.GetString(1), row.GetInt32(2), row.GetInt32(3))),
            siteId).ToLookup(row => row.Queue, row => row.Part, StringComparer.Ordinal);

    private static Dictionary<string, int> CountServing(SqliteSession session, string siteId) =>
        session.Query(
            "SELECT queue, COUNT(*) FROM routing_contact WHERE site_id = $1 AND state = 'active' GROUP BY queue",
            row => KeyValuePair.Create(row.GetString(0), row.GetInt32(1)),
            siteId).ToDictionary(StringComparer.Ordinal);

    private static Dictionary<string, (int Scheduled, int Due)> CountScheduled(SqliteSession session, string siteId, long now) =>
        session.Query(
            "SELECT queue, COUNT(*), SUM(due_at <= $2) FROM routing_contact WHERE site_id = $1 AND state = 'scheduled' GROUP BY queue",
            row => KeyValuePair.Create(row.GetString(0), (row.GetInt32(1), row.GetInt32(2))),
            siteId,
            now + (long)SiteFacts.DueWithin.TotalMilliseconds).ToDictionary(StringComparer.Ordinal);

    private static List<SiteAgent> ListAgents(SqliteSession session, string siteId, long now)
    {
        var queues = session.Query(
            "SELECT agent_id, queue FROM routing_agent_queue WHERE site_id = $1 ORDER BY ordinal", row => (Agent: row.GetString(0), Queue: row.GetString(1)), siteId)
            .ToLookup(row => row.Agent, row => row.Queue, StringComparer.Ordinal);
        return session.Query(
            """
            SELECT agent_id, name, status, connected_until > $2, capacity, load, on_call, wrap_up_until FROM routing_agent
            WHERE site_id = $1 AND (connected_until > $2 AND status <> 'offline' OR load > 0) ORDER BY name, agent_id
            """,
            row => new SiteAgent(
                new AgentInfo(row.GetString(0), row.GetString(1)),
                [.. queues[row.GetString(0)]],
                row.GetString(2),
                row.GetBoolean(3),
                row.GetInt32(4),
                row.GetInt32(5),
                row.GetBoolean(6),
                row.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7))),
            siteId,
            now);
    }

    private static List<ListedContact> ListContacts(SqliteSession session, string siteId, string queue) =>
        [.. SqliteContactRows.ListLine(session, siteId, queue, Limits.LineContacts).Select((row, i) => ListedContact.At(row.Contact, i + 1, row.Place!.Value))];
}
