using CoPilot.ChatServer.Routing;
using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Supervision;

/// <summary>Rows beside routing's own, so that a step writes both or none.</summary>
internal sealed class SqliteSupervisionActs(SqliteDatabase database) : ISupervisionActs
{
    public Task<IReadOnlyList<SupervisionAct>> ListAsync(string siteId, long after, int limit, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<SupervisionAct>>(database.Read(session => session.Query(
            """
            SELECT number, at, agent_id, agent_name, what, subject, detail FROM supervision_act
            WHERE site_id = $1 AND number > $2 ORDER BY number LIMIT $3
            """,
            row => new SupervisionAct(
                row.GetInt64(0),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                row.GetString(5),
                row.IsDBNull(6) ? null : row.GetString(6)),
            siteId,
            after,
            limit)));

    public static void Add(SqliteSession session, string siteId, long at, Supervisor by, string what, string subject, string? detail)
    {
        var number = (long)session.Scalar(
            """
            INSERT INTO supervision_act (site_id, number, at, agent_id, agent_name, what, subject, detail)
            VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM supervision_act WHERE site_id = $1), $2, $3, $4, $5, $6, $7)
            RETURNING number
            """,
            siteId,
            at,
            by.AgentId,
            by.Name,
            what,
            subject,
            detail)!;
        session.Execute("DELETE FROM supervision_act WHERE site_id = $1 AND number <= $2", siteId, number - ISupervisionActs.Kept);
    }
}
