namespace CoPilot.ChatServer.Routing;

/// <summary>What a step does about customers' connections: the lease of an open chat, after which its customer is away. There is one node, so there is one lease.</summary>
internal static class SqliteCustomerPresence
{
    /// <summary>Takes or renews the lease of the customer's open chat; one who was away is back.</summary>
    public static void Hold(SqliteRoutingStep step, string customerId)
    {
        if (FindLease(step, customerId) is { } lease)
        {
            SetLease(step, lease.ContactId, step.Now + SqliteRoutingStep.Milliseconds(RoutingRules.CustomerLease));
            if (lease.IsAway)
            {
                SetAway(step, lease.ContactId, isAway: false);
            }

            if (lease.EndsAt is null)
            {
                step.MarkChanged();
            }
        }
    }

    /// <summary>The customer's last connection closed: what is left of the lease is the grace, also when there was none yet.</summary>
    public static void Release(SqliteRoutingStep step, string customerId)
    {
        var ends = step.Now + SqliteRoutingStep.Milliseconds(RoutingRules.CustomerGrace);
        if (FindLease(step, customerId) is { IsAway: false } lease && !(lease.EndsAt < ends))
        {
            SetLease(step, lease.ContactId, ends);
            // Something is due earlier than the pump knows.
            step.MarkChanged();
        }
    }

    public static void EndLease(SqliteRoutingStep step, string contactId)
    {
        SetEnd(step, contactId, endsAt: null);
        SetAway(step, contactId, isAway: true);
    }

    /// <summary>The chat has ended, or is none any more.</summary>
    public static void Forget(SqliteRoutingStep step, string contactId)
    {
        SqliteTimers.Cancel(step.Session, step.Site.Id, SqliteTimerKinds.Customer, "", contactId);
        step.Session.Execute("UPDATE routing_contact SET seen_until = NULL, customer_away = 0 WHERE contact_id = $1", contactId);
    }

    private static Lease? FindLease(SqliteRoutingStep step, string customerId) =>
        step.Session.QuerySingle(
            """
            SELECT contact_id, seen_until, customer_away FROM routing_contact
            WHERE site_id = $1 AND customer_id = $2 AND state <> 'closed' AND kind = 'chat'
            """,
            row => new Lease(row.GetString(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetBoolean(2)),
            step.Site.Id,
            customerId);

    private static void SetLease(SqliteRoutingStep step, string contactId, long endsAt)
    {
        SetEnd(step, contactId, endsAt);
        SqliteTimers.Set(step.Session, step.Site.Id, new SqliteTimer(SqliteTimerKinds.Customer, AgentId: "", contactId, 0), endsAt);
    }

    private static void SetEnd(SqliteRoutingStep step, string contactId, long? endsAt) =>
        step.Session.Execute("UPDATE routing_contact SET seen_until = $2 WHERE contact_id = $1", contactId, endsAt);

    private static void SetAway(SqliteRoutingStep step, string contactId, bool isAway)
    {
        step.Session.Execute("UPDATE routing_contact SET customer_away = $2 WHERE contact_id = $1", contactId, isAway ? 1 : 0);
        step.EmitCustomerSeen(contactId);
    }

    /// <param name="EndsAt">Unix milliseconds; null while no connection was heard of.</param>
    private sealed record Lease(string ContactId, long? EndsAt, bool IsAway);
}
