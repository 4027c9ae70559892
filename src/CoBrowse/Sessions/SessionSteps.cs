using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Codes;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>
/// The state machine of a session: <c>issued -> awaiting_consent -> live &lt;-> paused -> ended</c>, one function for each thing that somebody can do. Pure, and the only
/// place where the rules are: both engines only keep what comes out. A moment that has passed (<see cref="SessionClock"/>) is carried out before.
/// </summary>
internal static partial class SessionSteps
{
    /// <summary>The code was typed. Wrong proofs count, and kill it; the customer who used it may repeat the call.</summary>
    public static SessionStep Redeem(CoBrowseSession session, RedeemInput input, DateTimeOffset now, CoBrowseSettings settings)
    {
        var step = SessionStep.Unchanged(session);
        var isRight = SessionSecrets.AreEqual(session.ProofHash, input.ProofHash);
        if (session.State == SessionStates.Issued)
        {
            return isRight ? Join(step, input, now, settings) : CountFailure(step, input.Holder.CustomerId, settings);
        }

        if (!isRight || session.State != SessionStates.AwaitingConsent || session.CustomerId != input.Holder.CustomerId)
        {
            return step.Refuse(SessionRefusals.NoSuchCode);
        }

        step = Hold(step, input.Holder, now);
        return step.With(step.Session with
        {
            TokenHash = input.TokenHash,
            NextTokenHash = null,
            Page = input.Page.Shown,
            PageOrigin = input.Page.Origin,
        });
    }

    public static SessionStep Consent(CoBrowseSession session, SessionHolder holder, bool isGranted, DateTimeOffset now, CoBrowseSettings settings)
    {
        var step = Enter(session, holder, now, settings, isActive: true);
        if (step.Refusal is not null)
        {
            return step;
        }

        if (session.IsRunning)
        {
            return isGranted ? step : step.Refuse(SessionRefusals.NotNow);
        }

        if (!isGranted)
        {
            return End(step.Write(Roles.Customer, holder.CustomerId, AuditWords.Declined), SessionEndReasons.Declined, Roles.Customer, holder.CustomerId);
        }

        var endsAt = now + settings.TotalEnd;
        var live = step.Session with
        {
            State = SessionStates.Live,
            EndsAt = endsAt,
            ActiveAt = now,
            ConsentBy = null,
            Finder = null,
            ProofHash = null,
        };
        step = step.With(live)
            .Write(Roles.Customer, holder.CustomerId, AuditWords.Consented)
            .TellAgent(nameof(ICoBrowseClient.ConsentGiven), new ConsentGivenEvent(session.SessionId, endsAt))
            .TellCustomer(nameof(ICoBrowseClient.SessionStarted), new SessionStartedEvent(session.SessionId, session.AgentName));
        return Show(step, now);
    }

    /// <summary>The token that was used last, or the one that was given for it; any other is as good as none.</summary>
    public static SessionStep Resume(CoBrowseSession session, ResumeInput input, DateTimeOffset now)
    {
        var step = SessionStep.Unchanged(session);
        var isNext = SessionSecrets.AreEqual(session.NextTokenHash, input.TokenHash);
        var isLast = SessionSecrets.AreEqual(session.TokenHash, input.TokenHash);
        if (!session.HasCustomer || session.CustomerId != input.Holder.CustomerId || !(isNext || isLast))
        {
            return step.Refuse(SessionRefusals.NoSuchSession);
        }

        step = Hold(step, input.Holder, now);
        var (before, page) = (step.Session.Page, input.Page.Shown);
        step = step
            .With(step.Session with
            {
                TokenHash = isNext ? session.NextTokenHash : session.TokenHash,
                NextTokenHash = input.NextTokenHash,
                ActiveAt = page.PageUrl == before?.PageUrl ? step.Session.ActiveAt : now,
                Resumes = step.Session.Resumes + 1,
                Page = page with { Viewport = page.InScope ? before?.Viewport : null },
                PageOrigin = input.Page.Origin,
            })
            .WriteRepeatable(Roles.Customer, input.Holder.CustomerId, AuditWords.Resumed, now)
            .TellAgent(nameof(ICoBrowseClient.CustomerJoined), Joined(step.Session, page, isReturned: true));
        step = CloseProposal(step, input.Page);
        return session.State == SessionStates.Live ? Show(step, now, before) : step;
    }

    /// <param name="isActive">Something happened on the page.</param>
    public static SessionStep KeepAlive(CoBrowseSession session, SessionHolder holder, bool isActive, DateTimeOffset now, CoBrowseSettings settings) =>
        Enter(session, holder, now, settings, isActive);

    /// <summary>A title or a size may change by itself; only another page says that somebody is there.</summary>
    public static SessionStep ChangePage(CoBrowseSession session, SessionHolder holder, CustomerPage page, DateTimeOffset now, CoBrowseSettings settings)
    {
        var step = Enter(session, holder, now, settings, isActive: page.Shown.PageUrl != session.Page?.PageUrl);
        if (step.Refusal is not null || page == new CustomerPage(session.Page!, session.PageOrigin))
        {
            return step;
        }

        step = step.With(step.Session with { Page = page.Shown, PageOrigin = page.Origin });
        return session.State == SessionStates.Live ? Show(step, now, session.Page) : step;
    }

    public static SessionStep Pause(CoBrowseSession session, SessionHolder holder, DateTimeOffset now, CoBrowseSettings settings)
    {
        var step = Enter(session, holder, now, settings, isActive: true);
        if (step.Refusal is not null || session.State == SessionStates.Paused)
        {
            return step;
        }

        return session.State != SessionStates.Live
            ? step.Refuse(SessionRefusals.NotYet)
            : step.With(step.Session with { State = SessionStates.Paused, Proposal = null })
                .WriteRepeatable(Roles.Customer, holder.CustomerId, AuditWords.Paused, now)
                .TellAgent(nameof(ICoBrowseClient.Paused), new PausedEvent(session.SessionId));
    }

    public static SessionStep Continue(CoBrowseSession session, SessionHolder holder, DateTimeOffset now, CoBrowseSettings settings)
    {
        var step = Enter(session, holder, now, settings, isActive: true);
        if (step.Refusal is not null || session.State == SessionStates.Live)
        {
            return step;
        }

        return session.State != SessionStates.Paused
            ? step.Refuse(SessionRefusals.NotYet)
            : Show(
                step.With(step.Session with { State = SessionStates.Live })
                    .WriteRepeatable(Roles.Customer, holder.CustomerId, AuditWords.Continued, now)
                    .TellAgent(nameof(ICoBrowseClient.Continued), new ContinuedEvent(session.SessionId)),
                now);
    }

    /// <param name="reason">As the customer said it; null when they simply stop.</param>
    public static SessionStep EndByCustomer(CoBrowseSession session, SessionHolder holder, string? reason, DateTimeOffset now, CoBrowseSettings settings)
    {
        if (session.IsEnded && session.CustomerId == holder.CustomerId)
        {
            return FlagAfterwards(SessionStep.Unchanged(session), reason);
        }

        var step = Enter(session, holder, now, settings, isActive: true);
        return step.Refusal is not null
            ? step
            : End(
                step.With(step.Session with { IsFlagged = reason == SessionEndReasons.NotRequested }),
                reason ?? SessionEndReasons.EndedByCustomer,
                Roles.Customer,
                holder.CustomerId);
    }

    /// <param name="what">The sanitizer's word for what the browser sent, which no honest one does.</param>
    public static SessionStep EndUnsafe(CoBrowseSession session, SessionHolder holder, string what, DateTimeOffset now, CoBrowseSettings settings)
    {
        var step = Enter(session, holder, now, settings, isActive: false);
        return step.Refusal is not null
            ? step
            : End(
                step.Write(Roles.System, Roles.System, AuditWords.Unsafe, what), SessionEndReasons.UnsafeContent, Roles.System, Roles.System);
    }

    /// <summary>For the agent's reasons: their own end, another code, signing out. Ended is ended.</summary>
    public static SessionStep EndByAgent(CoBrowseSession session, string agentId, string reason)
    {
        var step = SessionStep.Unchanged(session);
        if (session.AgentId != agentId)
        {
            return step.Refuse(SessionRefusals.NoSuchSession);
        }

        // A code that somebody used meanwhile is no unused one to be replaced.
        var isInTheWay = reason == SessionEndReasons.Replaced && session.State != SessionStates.Issued;
        if (session.IsEnded || isInTheWay)
        {
            return step;
        }

        // They did not end it: they went, or their account ended.
        return reason == SessionEndReasons.AgentSignedOut
            ? End(step, reason, Roles.System, Roles.System)
            : End(step, reason, Roles.Agent, agentId);
    }

    /// <summary>Another agent serves the contact now.</summary>
    public static SessionStep EndForAnother(CoBrowseSession session)
    {
        var step = SessionStep.Unchanged(session);
        return session.IsEnded ? step : End(step, SessionEndReasons.EndedByAgent, Roles.System, Roles.System);
    }

    /// <summary>The code is shown to the customer of this conversation.</summary>
    public static SessionStep Invite(CoBrowseSession session, string agentId, string conversationId, DateTimeOffset now)
    {
        var step = Read(session, agentId);
        return step.Refusal is not null || session.IsEnded ? step : step.WriteRepeatable(Roles.Agent, agentId, AuditWords.Invited, now, conversationId);
    }

    public static SessionStep Watch(CoBrowseSession session, string agentId, DateTimeOffset now, CoBrowseSettings settings)
    {
        var step = Read(session, agentId);
        if (step.Refusal is not null || session.IsEnded)
        {
            return step;
        }

        step = step.With(See(session, now, settings));
        return session.IsRunning ? step.WriteRepeatable(Roles.Agent, agentId, AuditWords.Watched, now) : step;
    }

    /// <summary>Nothing but that it is this agent's.</summary>
    public static SessionStep Read(CoBrowseSession session, string agentId)
    {
        var step = SessionStep.Unchanged(session);
        return session.AgentId == agentId ? step : step.Refuse(SessionRefusals.NoSuchSession);
    }

    /// <summary>The agent is connected somewhere.</summary>
    public static SessionStep SeeAgent(CoBrowseSession session, string agentId, DateTimeOffset now, CoBrowseSettings settings) =>
        SessionStep.Unchanged(session.IsEnded || session.AgentId != agentId ? session : See(session, now, settings));

    /// <summary>The connection is gone. Nothing ends by it: the customer's next page comes, or the lease runs out.</summary>
    public static SessionStep Drop(CoBrowseSession session, string connectionId, DateTimeOffset now) =>
        SessionStep.Unchanged(
            session.HasCustomer && session.Lease!.ConnectionId == connectionId && session.Lease.DroppedAt is null
                ? session with { Lease = session.Lease with { DroppedAt = now } }
                : session);
}
