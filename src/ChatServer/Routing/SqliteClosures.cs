using CoPilot.ChatServer.Sites;
using CoPilot.Realtime.Sqlite;
using Microsoft.Data.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <summary>Whether queues are open: by their hours, and by what supervisors say. Moments are Unix milliseconds.</summary>
internal static class SqliteClosures
{
    public static bool IsOpen(SqliteSession session, Site site, string queue, long now) =>
        site.SettingsOf(queue).Hours.IsOpenAt(DateTimeOffset.FromUnixTimeMilliseconds(now)) && Find(session, site.Id, queue, now) is null;

    /// <summary>Null while it is open, and when nobody knows.</summary>
    public static long? NextOpening(SqliteSession session, Site site, string queue, long now)
    {
        var opening = Find(session, site.Id, queue, now) is { } closure
            ? closure.OpensAt
            : site.SettingsOf(queue).Hours.NextOpening(DateTimeOffset.FromUnixTimeMilliseconds(now));
        return opening?.ToUnixTimeMilliseconds();
    }

    /// <summary>Null when it is not closed for now; one whose end has come stays in the table, where it counts no more.</summary>
    public static QueueClosure? Find(SqliteSession session, string siteId, string queue, long now) =>
        session.QuerySingle(
            "SELECT closed_until, opens_at FROM routing_closure WHERE site_id = $1 AND queue = $2 AND (closed_until IS NULL OR closed_until > $3)",
            row => new QueueClosure(Moment(row, 0), Moment(row, 1)),
            siteId,
            queue,
            now);

    public static void Set(SqliteSession session, string siteId, string queue, QueueClosure closure) =>
        session.Execute(
            "INSERT OR REPLACE INTO routing_closure (site_id, queue, closed_until, opens_at) VALUES ($1, $2, $3, $4)",
            siteId,
            queue,
            closure.Until?.ToUnixTimeMilliseconds(),
            closure.OpensAt?.ToUnixTimeMilliseconds());

    public static void Remove(SqliteSession session, string siteId, string queue) =>
        session.Execute("DELETE FROM routing_closure WHERE site_id = $1 AND queue = $2", siteId, queue);

    private static DateTimeOffset? Moment(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
