using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Codes;
using CoPilot.CoBrowse.Scope;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>What agents do with sessions. Thread-safe.</summary>
public sealed class AgentSessionService(
    ISessionStore store,
    SessionRunner runner,
    SessionSecrets secrets,
    ICoBrowseAccess access,
    IPageViewer viewer,
    ICoPilotSites sites,
    CoBrowseSettings settings,
    CoBrowseMetrics metrics)
{
    /// <summary>A site has few codes alive among 29,791 beginnings, and agents rarely ask in the same millisecond; more is a fault.</summary>
    private const int Attempts = 100;

    public async Task<Outcome<CreateCodeResult>> CreateCodeAsync(
        CoBrowseCaller caller, CreateCodeRequest request, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAgent)
        {
            return SessionRefusals.AgentsOnly;
        }

        if (!SessionRequests.IsId(request.RequestId, Limits.IdLength))
        {
            return SessionRefusals.Invalid($"requestId must be 1 to {Limits.IdLength} of A-Z a-z 0-9 _ - . :");
        }

        ServedContact? contact = null;
        if (request.ContactId is { } contactId
            && (!SessionRequests.IsId(contactId)
                || (contact = await access.FindServedAsync(caller.SiteId, caller.Id, contactId, cancellationToken)) is null))
        {
            return SessionRefusals.NoSuchContact;
        }

        return ToResult(await IssueAsync(caller, request.RequestId, contact, cancellationToken));
    }

    public async Task<Outcome<Acknowledged>> InviteAsync(CoBrowseCaller caller, InviteRequest request, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAgent)
        {
            return SessionRefusals.AgentsOnly;
        }

        if (!SessionRequests.IsId(request.ConversationId))
        {
            return SessionRefusals.NoSuchContact;
        }

        var (outcome, at) = await ReadOwnAsync(caller, request.SessionId, cancellationToken);
        if (!outcome.IsAccepted)
        {
            return outcome.Refusal;
        }

        var session = outcome.Value;
        if (session.State != SessionStates.Issued)
        {
            return SessionRefusals.NotNow;
        }

        var invited = await access.InviteAsync(
            new Invitation(
                caller.SiteId, caller.Id, request.ConversationId, session.SessionId, CodeOf(session).ToString(), session.CodeExpiresAt - at, session.ContactId),
            cancellationToken);
        if (!invited.IsAccepted)
        {
            return invited.Refusal;
        }

        // Whether or not the agent stays to hear it.
        await runner.RunAsync(
            caller.SiteId, session.SessionId, (read, now) => SessionSteps.Invite(read, caller.Id, request.ConversationId, now), CancellationToken.None);
        return Acknowledged.Instance;
    }

    public async Task<Outcome<WatchResult>> WatchAsync(CoBrowseCaller caller, WatchRequest request, CancellationToken cancellationToken = default)
    {
        var outcome = await FindOwnAsync(caller, request.SessionId, cancellationToken);
        if (outcome.IsAccepted)
        {
            await EndIfOfAnotherAsync(outcome.Value, cancellationToken);
            outcome = await RunOwnAsync(
                caller, request.SessionId, (session, now) => SessionSteps.Watch(session, caller.Id, now, settings), cancellationToken);
        }

        if (!outcome.IsAccepted)
        {
            return outcome.Refusal;
        }

        var session = outcome.Value;
        var page = session.State == SessionStates.Live ? session.Page : null;
        return new WatchResult(
            session.State,
            session.IsVerified,
            session.IsAway && !session.IsEnded,
            session.Failures,
            page,
            session.EndsAt,
            session.EndReason,
            viewer.Url,
            sites.Find(caller.SiteId)?.Pages is [_, ..] pages ? pages : null);
    }

    public async Task<Outcome<Acknowledged>> EndAsync(CoBrowseCaller caller, EndRequest request, CancellationToken cancellationToken = default)
    {
        if (request.Reason is not null)
        {
            return SessionRefusals.Invalid("reason is for customers.");
        }

        if (!SessionRequests.IsId(request.SessionId))
        {
            return SessionRefusals.NoSuchSession;
        }

        var outcome = await runner.RunAsync(
            caller.SiteId,
            request.SessionId,
            (session, _) => SessionSteps.EndByAgent(session, caller.Id, SessionEndReasons.EndedByAgent),
            cancellationToken);
        return outcome.IsAccepted ? Acknowledged.Instance : outcome.Refusal;
    }

    /// <summary>Ends whatever the agent has open: they signed out, or may not be here any more.</summary>
    public async Task EndAllAsync(string siteId, string agentId, CancellationToken cancellationToken = default)
    {
        foreach (var sessionId in await store.ListOpenAsync(siteId, agentId, cancellationToken))
        {
            await runner.RunAsync(
                siteId, sessionId, (session, _) => SessionSteps.EndByAgent(session, agentId, SessionEndReasons.AgentSignedOut), cancellationToken);
        }
    }

    /// <summary>The agent is connected to this node: their sessions go on, but for those of contacts that another agent has by now.</summary>
    public async Task SeeAsync(string siteId, string agentId, CancellationToken cancellationToken = default)
    {
        foreach (var sessionId in await store.ListOpenAsync(siteId, agentId, cancellationToken))
        {
            var outcome = await runner.RunAsync(
                siteId, sessionId, (session, now) => SessionSteps.SeeAgent(session, agentId, now, settings), cancellationToken);
            if (outcome.IsAccepted)
            {
                await EndIfOfAnotherAsync(outcome.Value, cancellationToken);
            }
        }
    }

    /// <summary>The agent's own session as it stands.</summary>
    internal async Task<Outcome<CoBrowseSession>> FindOwnAsync(CoBrowseCaller caller, string? sessionId, CancellationToken cancellationToken = default) =>
        (await ReadOwnAsync(caller, sessionId, cancellationToken)).Outcome;

    /// <summary>The same, and the store's moment at which it stood so.</summary>
    private async Task<(Outcome<CoBrowseSession> Outcome, DateTimeOffset At)> ReadOwnAsync(
        CoBrowseCaller caller, string? sessionId, CancellationToken cancellationToken)
    {
        DateTimeOffset at = default;
        var outcome = await RunOwnAsync(
            caller,
            sessionId,
            (session, now) =>
            {
                at = now;
                return SessionSteps.Read(session, caller.Id);
            },
            cancellationToken);
        return (outcome, at);
    }

    private async Task EndIfOfAnotherAsync(CoBrowseSession session, CancellationToken cancellationToken)
    {
        if (session is { IsEnded: false, ContactId: { } contactId }
            && !await access.MayWatchAsync(session.SiteId, session.AgentId, contactId, cancellationToken))
        {
            await runner.RunAsync(session.SiteId, session.SessionId, (read, _) => SessionSteps.EndForAnother(read), cancellationToken);
        }
    }

    private async Task<Outcome<CoBrowseSession>> RunOwnAsync(
        CoBrowseCaller caller, string? sessionId, Func<CoBrowseSession, DateTimeOffset, SessionStep> take, CancellationToken cancellationToken)
    {
        if (!caller.IsAgent)
        {
            return SessionRefusals.AgentsOnly;
        }

        return SessionRequests.IsId(sessionId)
            ? await runner.RunAsync(caller.SiteId, sessionId!, take, cancellationToken)
            : SessionRefusals.NoSuchSession;
    }

    private async Task<CoBrowseSession> IssueAsync(CoBrowseCaller caller, string requestId, ServedContact? contact, CancellationToken cancellationToken)
    {
        var sessionId = SessionSecrets.NewSessionId();
        var codeAttempt = 0;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var read = await store.ReadAgentAsync(caller.SiteId, caller.Id, requestId, cancellationToken);
            if (read.RequestedSessionId is { } known && await store.FindAsync(caller.SiteId, known, cancellationToken) is { } repeated)
            {
                return repeated.Session;
            }

            if (await ReplaceUnusedAsync(caller, read, cancellationToken))
            {
                continue;
            }

            var session = Make(caller, requestId, contact, sessionId, codeAttempt, read);
            var (issued, audit) = SessionRunner.Chain(
                SessionStep.Unchanged(session).Write(Roles.Agent, caller.Id, AuditWords.Issued, contact?.ContactId), read.Now);
            switch (await store.AddAsync(new SessionWriting(issued, SessionClock.NextDue(issued, settings), audit), read, cancellationToken))
            {
                case AddedSession.Added:
                    metrics.Issued();
                    return issued;
                case AddedSession.FinderTaken:
                    codeAttempt++;
                    break;
            }
        }

        throw new StoreUnavailableException("No code could be made: others were always first.");
    }

    /// <summary>True when there was one.</summary>
    private async Task<bool> ReplaceUnusedAsync(CoBrowseCaller caller, AgentSessions read, CancellationToken cancellationToken)
    {
        var isChanged = false;
        foreach (var sessionId in read.OpenSessionIds)
        {
            var outcome = await runner.RunAsync(
                caller.SiteId, sessionId, (session, _) => SessionSteps.EndByAgent(session, caller.Id, SessionEndReasons.Replaced), cancellationToken);
            isChanged |= outcome is { IsAccepted: true, Value.IsEnded: true };
        }

        return isChanged;
    }

    private CoBrowseSession Make(
        CoBrowseCaller caller, string requestId, ServedContact? contact, string sessionId, int codeAttempt, AgentSessions read)
    {
        var (site, number, code) = (caller.SiteId, read.LastNumber + 1, secrets.CodeOf(sessionId, codeAttempt));
        return new CoBrowseSession
        {
            SessionId = sessionId,
            SiteId = site,
            Number = number,
            AgentId = caller.Id,
            AgentName = caller.Name ?? "",
            RequestId = requestId,
            ContactId = contact?.ContactId,
            ContactCustomerId = contact?.CustomerId,
            CodeExpiresAt = read.Now + settings.CodeLife,
            CodeAttempt = codeAttempt,
            Finder = secrets.HashFinder(site, code.Finder),
            ProofHash = secrets.HashProof(site, sessionId, code.Proof),
            AgentSeenAt = read.Now,
            Audit = AuditChain.Begin(site, sessionId, number),
        };
    }

    private CoPilotCode CodeOf(CoBrowseSession session) => secrets.CodeOf(session.SessionId, session.CodeAttempt);

    private CreateCodeResult ToResult(CoBrowseSession session) => new(session.SessionId, CodeOf(session).ToString(), session.CodeExpiresAt);
}
