using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <param name="Kind">One of <see cref="SqliteTimerKinds"/>.</param>
/// <param name="AgentId">Empty where no agent is concerned.</param>
/// <param name="Subject">A contact or connection of the agent, or a queue; empty when the agent is all it concerns.</param>
/// <param name="Fence">Of the contact when the timer was set.</param>
internal sealed record SqliteTimer(string Kind, string AgentId, string Subject, long Fence);

internal static class SqliteTimerKinds
{
    /// <summary>The agent stayed away: their status becomes <c>offline</c>.</summary>
    public const string Absence = "absence";

    /// <summary>The lease of the chat (subject) ran out: its customer is away.</summary>
    public const string Customer = "customer";

    /// <summary>The call of the call-back (subject), which the agent serves, is to be asked for.</summary>
    public const string Dial = "dial";

    /// <summary>The time of the call-back (subject) has come.</summary>
    public const string Due = "due";

    /// <summary>The agent stayed away: the contact (subject) goes back to the line.</summary>
    public const string Grace = "grace";

    /// <summary>The customer of the chat (subject) may have been silent for too long.</summary>
    public const string Inactivity = "inactivity";

    /// <summary>The connection (subject) was not renewed.</summary>
    public const string Lease = "lease";

    /// <summary>The offer of the contact (subject) was not answered.</summary>
    public const string Offer = "offer";

    /// <summary>The queue (subject) opens, where call-backs wait for it and somebody is free for them, or where a supervisor closed it until then.</summary>
    public const string Opening = "opening";

    /// <summary>The contact (subject) has waited so long that it goes to another queue; set while it waits.</summary>
    public const string Overflow = "overflow";

    /// <summary>The agent may be offered the contact (subject) again.</summary>
    public const string PassedOver = "passed_over";

    /// <summary>The contact (subject) has waited long enough for one agent alone; set while it waits.</summary>
    public const string Preferred = "preferred";

    /// <summary>The agent has had their time after a call.</summary>
    public const string WrapUp = "wrap_up";
}

/// <summary>Timers as rows. Claiming one is deleting it in the step that carries it out.</summary>
internal static class SqliteTimers
{
    public static void Set(SqliteSession session, string siteId, SqliteTimer timer, long due) =>
        session.Execute(
            """
            INSERT INTO routing_timer (site_id, kind, agent_id, subject, due, fence) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT DO UPDATE SET due = excluded.due, fence = excluded.fence
            """,
            siteId,
            timer.Kind,
            timer.AgentId,
            timer.Subject,
            due,
            timer.Fence);

    public static bool IsSet(SqliteSession session, string siteId, string kind, string agentId, string subject) =>
        session.Scalar(
            "SELECT 1 FROM routing_timer WHERE site_id = $1 AND kind = $2 AND agent_id = $3 AND subject = $4",
            siteId,
            kind,
            agentId,
            subject) is not null;

    public static void Cancel(SqliteSession session, string siteId, string kind, string agentId, string subject) =>
        session.Execute(
            "DELETE FROM routing_timer WHERE site_id = $1 AND kind = $2 AND agent_id = $3 AND subject = $4", siteId, kind, agentId, subject);

    /// <summary>Cancels all of the agent's timers of one kind.</summary>
    public static void CancelOfAgent(SqliteSession session, string siteId, string kind, string agentId) =>
        session.Execute("DELETE FROM routing_timer WHERE site_id = $1 AND kind = $2 AND agent_id = $3", siteId, kind, agentId);

    /// <summary>Cancels every timer of the contact or connection.</summary>
    /// <remarks>The index is named, because the planner would rather go through all of the site's timers by the primary key.</remarks>
    public static void CancelOfSubject(SqliteSession session, string siteId, string subject) =>
        session.Execute("DELETE FROM routing_timer INDEXED BY routing_timer_subject WHERE site_id = $1 AND subject = $2", siteId, subject);

    /// <summary>The first timers that are due, in order. All together, because those that are due at the same moment have to be sorted: a line of thousands may be.</summary>
    public static List<SqliteTimer> ListDue(SqliteSession session, string siteId, long now, int limit) =>
        session.Query(
            """
            SELECT t.kind, t.agent_id, t.subject, t.fence FROM routing_timer t LEFT JOIN routing_contact c ON c.contact_id = t.subject
            WHERE t.site_id = $1 AND t.due <= $2 ORDER BY t.due, t.kind, t.agent_id, c.number, t.subject LIMIT $3
            """,
            row => new SqliteTimer(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3)),
            siteId,
            now,
            limit);

    /// <summary>The timer as it is now; null when it is not due, or not set any more.</summary>
    public static SqliteTimer? Claim(SqliteSession session, string siteId, SqliteTimer timer, long now) =>
        session.Scalar(
            "DELETE FROM routing_timer WHERE site_id = $1 AND kind = $2 AND agent_id = $3 AND subject = $4 AND due <= $5 RETURNING fence",
            siteId,
            timer.Kind,
            timer.AgentId,
            timer.Subject,
            now) is long fence
            ? timer with { Fence = fence }
            : null;

    public static DateTimeOffset? NextDue(SqliteSession session, string siteId) =>
        session.Scalar("SELECT MIN(due) FROM routing_timer WHERE site_id = $1", siteId) is long due
            ? DateTimeOffset.FromUnixTimeMilliseconds(due)
            : null;
}
