using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <summary>Contacts that wait for the agent who served their customer last, and for nobody else.</summary>
internal static class SqlitePreference
{
    private const string IsThere = "a.status = 'available' AND a.connected_until > $2";

    /// <summary>The agent whom the customer had last, where it makes sense to wait for them.</summary>
    private const string LastAgent =
        $"""
        SELECT l.agent_id FROM routing_last_agent l
        JOIN routing_agent a ON a.site_id = l.site_id AND a.agent_id = l.agent_id
        JOIN routing_agent_queue q ON q.site_id = a.site_id AND q.agent_id = a.agent_id AND q.queue = $3
        WHERE l.site_id = $1 AND l.customer_id = $4 AND l.served_at >= $5 AND {IsThere}
            AND NOT EXISTS (SELECT 1 FROM routing_pass p WHERE p.contact_id = $6 AND p.agent_id = a.agent_id)
        """;

    /// <summary>Goes through those who wait for one agent, who are few: each for a short time, after having had that agent before.</summary>
    private const string InVain =
        $"""
        SELECT c.contact_id FROM routing_contact c INDEXED BY routing_contact_preferring
        WHERE c.site_id = $1 AND c.state = 'waiting' AND c.prefers IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM routing_agent a
            JOIN routing_agent_queue q ON q.site_id = a.site_id AND q.agent_id = a.agent_id AND q.queue = c.queue
            WHERE a.site_id = $1 AND a.agent_id = c.prefers AND {IsThere})
        """;

    /// <summary>The contact took its place in the queue's line.</summary>
    public static void Begin(SqliteRoutingStep step, string contactId, string queueName, string customerId)
    {
        var queue = step.Site.SettingsOf(queueName);
        var agentId = queue.PreferredAgentFor > TimeSpan.Zero
            ? (string?)step.Session.Scalar(LastAgent, step.Site.Id, step.Now, queueName, customerId, step.Now - Memory, contactId)
            : null;
        Save(step.Session, contactId, agentId, agentId is null ? null : step.Now + SqliteRoutingStep.Milliseconds(queue.PreferredAgentFor));
    }

    /// <summary>To be called whenever the contact has begun to wait.</summary>
    public static void SetTimer(SqliteRoutingStep step, string contactId)
    {
        if (step.Session.Scalar("SELECT prefers_until FROM routing_contact WHERE contact_id = $1", contactId) is long until)
        {
            SqliteTimers.Set(step.Session, step.Site.Id, new SqliteTimer(SqliteTimerKinds.Preferred, AgentId: "", contactId, 0), until);
        }
    }

    /// <summary>To be called whenever it waits no more.</summary>
    public static void CancelTimer(SqliteRoutingStep step, string contactId) =>
        SqliteTimers.Cancel(step.Session, step.Site.Id, SqliteTimerKinds.Preferred, agentId: "", contactId);

    /// <summary>From now on the contact is for whoever matches.</summary>
    public static void End(SqliteRoutingStep step, string contactId)
    {
        Save(step.Session, contactId, agentId: null, until: null);
        CancelTimer(step, contactId);
    }

    /// <summary>Ends it for those whose agent went away, or has the queue no more.</summary>
    public static void EndInVain(SqliteRoutingStep step)
    {
        foreach (var contactId in step.Session.Query(InVain, row => row.GetString(0), step.Site.Id, step.Now))
        {
            End(step, contactId);
        }
    }

    /// <summary>The agent took the contact.</summary>
    public static void Remember(SqliteRoutingStep step, Contact contact, string agentId)
    {
        End(step, contact.ContactId);
        if (!step.Site.Queues.Any(queue => queue.PreferredAgentFor > TimeSpan.Zero))
        {
            return;
        }

        // Twice as long as it counts: what a clock that is set back must still know is there.
        step.Session.Execute("DELETE FROM routing_last_agent WHERE served_at < $1", step.Now - (2 * Memory));
        step.Session.Execute(
            "INSERT OR REPLACE INTO routing_last_agent (site_id, customer_id, agent_id, served_at) VALUES ($1, $2, $3, $4)",
            step.Site.Id,
            contact.Customer.CustomerId,
            agentId,
            step.Now);
    }

    private static void Save(SqliteSession session, string contactId, string? agentId, long? until) =>
        session.Execute("UPDATE routing_contact SET prefers = $2, prefers_until = $3 WHERE contact_id = $1", contactId, agentId, until);

    private static long Memory => SqliteRoutingStep.Milliseconds(RoutingRules.LastAgentMemory);
}
