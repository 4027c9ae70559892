using CoPilot.Contracts;
using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <summary>Which contact a request was about, kept for <see cref="Limits.RequestMemory"/>.</summary>
internal static class SqliteRequests
{
    public static string? FindContactId(SqliteSession session, string siteId, string personId, string requestId, long now) =>
        (string?)session.Scalar(
            "SELECT contact_id FROM routing_request WHERE site_id = $1 AND person_id = $2 AND request_id = $3 AND asked_at >= $4",
            siteId,
            personId,
            requestId,
            now - Memory);

    public static void Remember(SqliteSession session, string siteId, string personId, string requestId, string contactId, long now)
    {
        // Twice as long as they are known: what a clock that is set back must still know is there.
        session.Execute("DELETE FROM routing_request WHERE asked_at < $1", now - (2 * Memory));
        session.Execute(
            "INSERT OR REPLACE INTO routing_request (site_id, person_id, request_id, contact_id, asked_at) VALUES ($1, $2, $3, $4, $5)",
            siteId,
            personId,
            requestId,
            contactId,
            now);
    }

    private static long Memory => (long)Limits.RequestMemory.TotalMilliseconds;
}
