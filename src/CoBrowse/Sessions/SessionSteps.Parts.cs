using CoPilot.CoBrowse.Auditing;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>What the steps have in common.</summary>
internal static partial class SessionSteps
{
    /// <summary>What could open or resume the session, and what the page showed last, is forgotten with it.</summary>
    public static SessionStep End(SessionStep step, string reason, string role, string who)
    {
        var session = step.Session with
        {
            State = SessionStates.Ended,
            EndReason = reason,
            Finder = null,
            ProofHash = null,
            TokenHash = null,
            NextTokenHash = null,
            ConsentBy = null,
            Page = null,
            PageOrigin = null,
            Proposal = null,
        };
        var ended = new SessionEndedEvent(session.SessionId, reason);
        step = step.With(session).Write(role, who, AuditWords.Ended, reason).TellAgent(nameof(ICoBrowseClient.SessionEnded), ended);
        return session.Lease is { } lease ? step.TakeLease(lease, nameof(ICoBrowseClient.SessionEnded), ended) : step;
    }

    /// <summary>That the customer never called the shop must not be lost because the session ended a moment before they could say so.</summary>
    private static SessionStep FlagAfterwards(SessionStep step, string? reason) =>
        reason != SessionEndReasons.NotRequested || step.Session.IsFlagged
            ? step
            : step.With(step.Session with { IsFlagged = true }).Write(Roles.Customer, step.Session.CustomerId!, AuditWords.Flagged);

    /// <summary>Only the one connection that has the session may go on, and by that it is heard.</summary>
    private static SessionStep Enter(CoBrowseSession session, SessionHolder holder, DateTimeOffset now, CoBrowseSettings settings, bool isActive)
    {
        var step = SessionStep.Unchanged(session);
        if (session.CustomerId != holder.CustomerId)
        {
            return step.Refuse(SessionRefusals.NoSuchSession);
        }

        if (session.IsEnded)
        {
            return step.Refuse(SessionRefusals.Ended);
        }

        if (session.Lease!.ConnectionId != holder.ConnectionId)
        {
            return step.Refuse(SessionRefusals.NotYours);
        }

        return Hear(step, now, settings, isActive);
    }

    private static SessionStep Hear(SessionStep step, DateTimeOffset now, CoBrowseSettings settings, bool isActive)
    {
        var session = step.Session;
        var lease = session.Lease!;
        if (session.IsAway || lease.DroppedAt is not null || now - lease.HeardAt >= settings.HeardEvery)
        {
            session = session with { Lease = lease with { HeardAt = now, DroppedAt = null }, IsAway = false };
        }

        if (isActive && (session.ActiveAt is not { } active || now - active >= settings.HeardEvery))
        {
            session = session with { ActiveAt = now };
        }

        // They were silent and not gone: the same page speaks again.
        return step.Session.IsAway
            ? step.With(session).TellAgent(nameof(ICoBrowseClient.CustomerJoined), Joined(session, session.Page, isReturned: true))
            : step.With(session);
    }

    private static CoBrowseSession See(CoBrowseSession session, DateTimeOffset now, CoBrowseSettings settings) =>
        session.AgentSeenAt is { } seen && now - seen < settings.AgentSeenEvery ? session : session with { AgentSeenAt = now };

    private static SessionStep Join(SessionStep step, RedeemInput input, DateTimeOffset now, CoBrowseSettings settings)
    {
        var (session, customerId) = (step.Session, input.Holder.CustomerId);
        session = session with
        {
            State = SessionStates.AwaitingConsent,
            CustomerId = customerId,
            IsVerified = input.IsVerified && (session.ContactCustomerId ?? customerId) == customerId,
            TokenHash = input.TokenHash,
            Lease = new SessionLease(input.Holder.ConnectionId, input.Holder.NodeId, now),
            ConsentBy = now + settings.ConsentWithin,
            Page = input.Page.Shown,
            PageOrigin = input.Page.Origin,
        };
        return step.With(session)
            .Write(Roles.Customer, customerId, AuditWords.Redeemed)
            .TellAgent(nameof(ICoBrowseClient.CustomerJoined), Joined(session, input.Page.Shown, isReturned: false));
    }

    private static SessionStep CountFailure(SessionStep step, string customerId, CoBrowseSettings settings)
    {
        var session = step.Session with { Failures = step.Session.Failures + 1 };
        step = step.With(session)
            .Write(Roles.Customer, customerId, AuditWords.Tried)
            .TellAgent(nameof(ICoBrowseClient.CodeTried), new CodeTriedEvent(session.SessionId, session.Failures));
        return (session.Failures < settings.WrongProofs ? step : End(step, SessionEndReasons.TooManyTries, Roles.System, Roles.System))
            .Refuse(SessionRefusals.NoSuchCode);
    }

    /// <summary>The lease goes to this connection, and whichever had it is told.</summary>
    private static SessionStep Hold(SessionStep step, SessionHolder holder, DateTimeOffset now)
    {
        var session = step.Session;
        var lease = new SessionLease(holder.ConnectionId, holder.NodeId, now);
        if (session.Lease is { } old && old.ConnectionId != holder.ConnectionId)
        {
            step = step.TakeLease(old, nameof(ICoBrowseClient.SessionEnded), new SessionEndedEvent(session.SessionId, SessionEndReasons.Displaced));
        }

        return step.With(session with { Lease = lease, IsAway = false });
    }

    /// <summary>The agent is shown the page; written down when it is another one than before.</summary>
    /// <param name="before">What was shown before; null when nothing was.</param>
    private static SessionStep Show(SessionStep step, DateTimeOffset now, WatchedPage? before = null)
    {
        if (step.Session.Page is not { } page)
        {
            return step;
        }

        if (before is null || before.InScope != page.InScope || before.PageUrl != page.PageUrl)
        {
            step = step.WriteRepeatable(
                Roles.Customer, step.Session.CustomerId!, page.InScope ? AuditWords.Page : AuditWords.OutOfScope, now, page.PageUrl);
        }

        return step.TellAgent(nameof(ICoBrowseClient.PageShown), new PageShownEvent(step.Session.SessionId, page));
    }

    /// <summary>Where the customer is while they show nothing is not the agent's business.</summary>
    private static CustomerJoinedEvent Joined(CoBrowseSession session, WatchedPage? page, bool isReturned) =>
        new(session.SessionId, session.IsVerified, isReturned, session.State == SessionStates.Paused ? null : page?.PageUrl);
}
