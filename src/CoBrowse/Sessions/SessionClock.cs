using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>What time alone does to a session. Timers are data: the moment is in the document, and whoever comes first afterwards, a call or a timer of any node, carries it out. Pure.</summary>
internal static class SessionClock
{
    /// <summary>When something is due next; null for what has ended.</summary>
    public static DateTimeOffset? NextDue(CoBrowseSession session, CoBrowseSettings settings)
    {
        if (session.IsEnded)
        {
            return null;
        }

        var agentGone = session.AgentSeenAt + settings.AgentLease;
        if (session.State == SessionStates.Issued)
        {
            return Earlier(session.CodeExpiresAt, agentGone);
        }

        var lease = session.Lease!;
        var due = Earlier(lease.HeardAt + settings.Lease, agentGone);
        due = Earlier(due, session.ConsentBy);
        due = Earlier(due, session.EndsAt);
        due = Earlier(due, session.IsRunning ? session.ActiveAt + settings.IdleEnd : null);
        return session.IsAway ? due : Earlier(due, AwayAt(lease, settings));
    }

    /// <summary>Carries out what is due at this moment; unchanged when nothing is.</summary>
    public static SessionStep Advance(CoBrowseSession session, DateTimeOffset now, CoBrowseSettings settings)
    {
        if (NextDue(session, settings) is not { } due || now < due)
        {
            return SessionStep.Unchanged(session);
        }

        if (FindEnd(session, now, settings) is { } reason)
        {
            return SessionSteps.End(SessionStep.Unchanged(session), reason, Roles.System, Roles.System);
        }

        return SessionStep.Unchanged(session with { IsAway = true })
            .TellAgent(nameof(ICoBrowseClient.CustomerAway), new CustomerAwayEvent(session.SessionId));
    }

    private static string? FindEnd(CoBrowseSession session, DateTimeOffset now, CoBrowseSettings settings)
    {
        if (session.State == SessionStates.Issued)
        {
            return now >= session.CodeExpiresAt ? SessionEndReasons.CodeExpired : SessionEndReasons.AgentSignedOut;
        }

        if (now >= session.ConsentBy)
        {
            return SessionEndReasons.ConsentTimeout;
        }

        if (now >= session.Lease!.HeardAt + settings.Lease)
        {
            return SessionEndReasons.CustomerGone;
        }

        if (now >= session.EndsAt)
        {
            return SessionEndReasons.TimeLimit;
        }

        if (session.IsRunning && now >= session.ActiveAt + settings.IdleEnd)
        {
            return SessionEndReasons.Idle;
        }

        return now >= session.AgentSeenAt + settings.AgentLease ? SessionEndReasons.AgentSignedOut : null;
    }

    private static DateTimeOffset AwayAt(SessionLease lease, CoBrowseSettings settings) =>
        Earlier(lease.HeardAt + settings.AwayAfter, lease.DroppedAt + settings.AwayAfterDrop);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;
}
