using CoPilot.Contracts;

namespace CoPilot.ChatServer.Routing;

/// <summary>What a step does about an agent's connections: leases, and the grace after the last of them.</summary>
internal static class SqlitePresence
{
    /// <summary>Takes or renews the connection's lease. An agent who was gone is back: their grace ends.</summary>
    public static void Hold(SqliteRoutingStep step, AgentConnection connection)
    {
        var siteId = step.Site.Id;
        if (SqliteAgentRows.Find(step.Session, siteId, connection.AgentId) is not { } before)
        {
            return;
        }

        var expiresAt = step.Now + SqliteRoutingStep.Milliseconds(RoutingRules.PresenceLease);
        SqliteAgentRows.HoldConnection(step.Session, siteId, connection, expiresAt);
        SqliteTimers.Set(step.Session, siteId, new SqliteTimer(SqliteTimerKinds.Lease, connection.AgentId, connection.ConnectionId, 0), expiresAt);
        if (before.ConnectedUntil <= step.Now)
        {
            SqliteTimers.CancelOfAgent(step.Session, siteId, SqliteTimerKinds.Absence, connection.AgentId);
            SqliteTimers.CancelOfAgent(step.Session, siteId, SqliteTimerKinds.Grace, connection.AgentId);
            step.MarkChanged();
        }
    }

    /// <summary>The connection closed or its lease ran out. With the last one the grace begins.</summary>
    public static void Release(SqliteRoutingStep step, AgentConnection connection)
    {
        var siteId = step.Site.Id;
        SqliteTimers.Cancel(step.Session, siteId, SqliteTimerKinds.Lease, connection.AgentId, connection.ConnectionId);
        if (!SqliteAgentRows.RemoveConnection(step.Session, siteId, connection))
        {
            return;
        }

        var agent = SqliteAgentRows.Find(step.Session, siteId, connection.AgentId)!;
        // A grace that runs already is not prolonged by what is found out later about connections that were dead by then.
        if (agent.ConnectedUntil <= step.Now
            && !SqliteTimers.IsSet(step.Session, siteId, SqliteTimerKinds.Absence, agent.AgentId, subject: ""))
        {
            StartGrace(step, agent.AgentId);
            step.MarkChanged();
        }
    }

    /// <summary>The agent did not come back: what they served in this queue returns to the line.</summary>
    public static void EndGrace(SqliteRoutingStep step, SqliteTimer timer)
    {
        if (step.FindContact(timer.Subject) is { } row && row.Contact.State == ContactStates.Active && row.Contact.Fence == timer.Fence)
        {
            step.Return(row, row.Contact.Queue, EventCodes.AgentAway, Reasons.AgentGone, SqliteRoutingStep.DataOf(row.Contact.Agent!));
        }
    }

    public static void EndAbsence(SqliteRoutingStep step, string agentId)
    {
        SqliteAgentRows.SetStatus(step.Session, step.Site.Id, agentId, AgentStatuses.Offline);
        step.MarkChanged();
    }

    private static void StartGrace(SqliteRoutingStep step, string agentId)
    {
        var absence = TimeSpan.Zero;
        foreach (var skill in SqliteAgentRows.ListSkills(step.Session, step.Site.Id, agentId))
        {
            absence = Longer(absence, step.Site.SettingsOf(skill.Queue).AgentGrace);
        }

        foreach (var row in SqliteContactRows.ListServed(step.Session, step.Site.Id, agentId))
        {
            step.StartGrace(row.Contact);
            absence = Longer(absence, step.Site.SettingsOf(row.Contact.Queue).AgentGrace);
        }

        SqliteTimers.Set(
            step.Session,
            step.Site.Id,
            new SqliteTimer(SqliteTimerKinds.Absence, agentId, "", 0),
            step.Now + SqliteRoutingStep.Milliseconds(absence));
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
