using System.Collections.Immutable;
using CoPilot.CoBrowse.Auditing;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>
/// What one step makes of a session: the next one, what is written down with it, and whom to tell once it is kept. A refused step can change something too: a wrong
/// proof counts. Immutable.
/// </summary>
public sealed record SessionStep(
    CoBrowseSession Session, ImmutableArray<AuditNote> Audit, ImmutableArray<SessionNotice> Notices, Refusal? Refusal = null)
{
    public static SessionStep Unchanged(CoBrowseSession session) => new(session, [], []);

    public SessionStep With(CoBrowseSession session) => this with { Session = session };

    public SessionStep Write(string role, string who, string what, string? data = null) =>
        this with { Audit = Audit.Add(new AuditNote(role, who, what, data)) };

    /// <summary>For what somebody can repeat at will: <see cref="AuditBudget"/>.</summary>
    public SessionStep WriteRepeatable(string role, string who, string what, DateTimeOffset now, string? data = null)
    {
        var isAgent = role == Roles.Agent;
        var (left, word) = (isAgent ? Session.AgentBudget : Session.CustomerBudget).Take(what, now);
        if (word is null)
        {
            return this;
        }

        return With(isAgent ? Session with { AgentBudget = left } : Session with { CustomerBudget = left })
            .Write(role, who, word, word == what ? data : null);
    }

    public SessionStep TellAgent(string method, object @event) =>
        this with { Notices = Notices.Add(new AgentNotice(Session.AgentId, method, @event)) };

    public SessionStep TellCustomer(string method, object @event) =>
        Session.Lease is { } lease ? this with { Notices = Notices.Add(new CustomerNotice(Session.SessionId, lease, method, @event)) } : this;

    /// <summary>The connection has the session no more; it is told why.</summary>
    public SessionStep TakeLease(SessionLease lease, string method, object @event) =>
        this with { Notices = Notices.Add(new CustomerNotice(Session.SessionId, lease, method, @event, LosesLease: true)) };

    public SessionStep Refuse(Refusal refusal) => this with { Refusal = refusal };
}

/// <summary>Somebody to be told something after a step was kept; a hint that may be lost.</summary>
/// <param name="Method">An event of <see cref="Contracts.CoBrowse.ICoBrowseClient"/>.</param>
public abstract record SessionNotice(string Method, object Event);

public sealed record AgentNotice(string AgentId, string Method, object Event) : SessionNotice(Method, Event);

public sealed record CustomerNotice(string SessionId, SessionLease Lease, string Method, object Event, bool LosesLease = false) : SessionNotice(Method, Event);
