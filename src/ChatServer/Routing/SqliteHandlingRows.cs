using CoPilot.Contracts;
using CoPilot.Realtime.Sqlite;
using Microsoft.Data.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <summary>Reads and writes what estimates of waits are made from; no rule lives here.</summary>
internal static class SqliteHandlingRows
{
    private const string Times = "at, serving, handled, held, head_starts, answered, answered_in_time, estimated, estimated_inside";

    /// <summary>All zero for a queue that served nobody yet.</summary>
    public static HandlingTimes Find(SqliteSession session, string siteId, string queue) =>
        session.QuerySingle<HandlingTimes?>(
            $"SELECT {Times} FROM routing_handling WHERE site_id = $1 AND queue = $2", row => Read(row, 0), siteId, queue) ?? default;

    public static void Save(SqliteSession session, string siteId, string queue, HandlingTimes times) =>
        session.Execute(
            $"INSERT OR REPLACE INTO routing_handling (site_id, queue, {Times}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            siteId,
            queue,
            times.At,
            times.Serving,
            times.Handled,
            times.Held,
            times.HeadStarts,
            times.Answers.Answered,
            times.Answers.InTime,
            times.Answers.Estimated,
            times.Answers.Inside);

    public static Dictionary<string, HandlingTimes> List(SqliteSession session, string siteId) =>
        session.Query(
            $"SELECT queue, {Times} FROM routing_handling WHERE site_id = $1", row => KeyValuePair.Create(row.GetString(0), Read(row, 1)), siteId)
            .ToDictionary(StringComparer.Ordinal);

    /// <summary>The queue whose call the agent finishes up after; null when they do not.</summary>
    public static string? FindWrapUpQueue(SqliteSession session, string siteId, string agentId) =>
        session.Scalar("SELECT wrap_up_queue FROM routing_agent WHERE site_id = $1 AND agent_id = $2", siteId, agentId) as string;

    public static void SetWrapUpQueue(SqliteSession session, string siteId, string agentId, string? queue) =>
        session.Execute("UPDATE routing_agent SET wrap_up_queue = $3 WHERE site_id = $1 AND agent_id = $2", siteId, agentId, queue);

    /// <summary>Nothing is changed when something was kept before, or nobody waits there any more, or somebody served it already.</summary>
    public static void KeepShown(SqliteSession session, string siteId, WaitShown shown, long now) =>
        session.Execute(
            """
            UPDATE routing_contact SET shown_min = $3, shown_max = $4, shown_at = $5
            WHERE contact_id = $1 AND site_id = $2 AND shown_at IS NULL AND served_by IS NULL AND state IN ('waiting', 'offered')
            """,
            shown.ContactId,
            siteId,
            shown.Range.MinSeconds,
            shown.Range.MaxSeconds,
            now);

    /// <summary>Those who are connected and available, each with the queues they have.</summary>
    public static List<AgentSeats> ListAgents(SqliteSession session, string siteId, long now) =>
        [.. session.Query(
            """
            SELECT a.agent_id, a.capacity, a.load, a.on_call, a.wrap_up_until IS NOT NULL, q.queue
            FROM routing_agent a JOIN routing_agent_queue q ON q.site_id = a.site_id AND q.agent_id = a.agent_id
            WHERE a.site_id = $1 AND a.status = $3 AND a.connected_until > $2
            """,
            row => (Id: row.GetString(0), Capacity: row.GetInt32(1), Load: row.GetInt32(2), OnCall: row.GetBoolean(3), FinishingUp: row.GetBoolean(4), Queue: row.GetString(5)),
            siteId,
            now,
            AgentStatuses.Available)
            .GroupBy(row => row.Id, StringComparer.Ordinal)
            .Select(rows => new AgentSeats([.. rows.Select(row => row.Queue)], rows.First().Capacity, rows.First().Load, rows.First().OnCall, rows.First().FinishingUp))];

    /// <summary>How many are in line, by queue.</summary>
    public static Dictionary<string, int> CountLines(SqliteSession session, string siteId) =>
        session.Query(
            "SELECT queue, SUM(in_line) FROM routing_line WHERE site_id = $1 GROUP BY queue",
            row => KeyValuePair.Create(row.GetString(0), row.GetInt32(1)),
            siteId).ToDictionary(StringComparer.Ordinal);

    /// <summary>How many wait, by queue and kind.</summary>
    public static Dictionary<(string Queue, string Kind), int> CountWaiting(SqliteSession session, string siteId) =>
        session.Query(
            "SELECT queue, kind, waiting FROM routing_line WHERE site_id = $1",
            row => KeyValuePair.Create((row.GetString(0), row.GetString(1)), row.GetInt32(2)),
            siteId).ToDictionary();

    private static HandlingTimes Read(SqliteDataReader row, int first) =>
        new(row.GetInt64(first), row.GetInt32(first + 1), row.GetInt64(first + 2), row.GetInt64(first + 3), row.GetInt64(first + 4))
        {
            Answers = new AnswerFigures(row.GetInt64(first + 5), row.GetInt64(first + 6), row.GetInt64(first + 7), row.GetInt64(first + 8)),
        };
}
