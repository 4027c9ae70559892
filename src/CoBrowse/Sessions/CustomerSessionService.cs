using CoPilot.CoBrowse.Codes;
using CoPilot.CoBrowse.Scope;
using CoPilot.CoBrowse.Throttling;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime.Outcomes;
using Microsoft.Extensions.Logging;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>What customers do with sessions; <see cref="AgentSessionService"/> is the agents' half. Thread-safe.</summary>
public sealed class CustomerSessionService(
    ISessionStore store,
    SessionRunner runner,
    SessionSecrets secrets,
    SessionLeases leases,
    ILeaseNews news,
    IRedeemThrottle throttle,
    ICoPilotSites sites,
    CoBrowseSettings settings,
    CoBrowseMetrics metrics,
    ILogger<CustomerSessionService> logger)
{
    /// <summary>What a code leads to that nobody has: looked for like any other, so that only a counted wrong proof takes longer.</summary>
    private const string NoSession = "none";

    public async Task<Outcome<RedeemCodeResult>> RedeemAsync(CoBrowseCaller caller, RedeemCodeRequest request, CancellationToken cancellationToken = default)
    {
        if (CheckCustomer(caller, out var site) is { } refusal || (refusal = CheckRedeem(request)) is not null)
        {
            return refusal;
        }

        if (await throttle.TakeAsync(caller.ConnectionId, secrets.HashAddress(caller.Network), cancellationToken) is { } wait)
        {
            metrics.Tried("throttled");
            CoBrowseLog.Throttled(logger, (int)Math.Ceiling(wait.TotalSeconds));
            return SessionRefusals.TooManyTries(wait);
        }

        // What is no code at all is looked for too: the same work for whatever does not work.
        var parsed = CoPilotCode.TryParse(request.Code, out var code);
        var found = await store.FindByCodeAsync(caller.SiteId, secrets.HashFinder(caller.SiteId, parsed ? code!.Finder : ""), cancellationToken);
        var sessionId = found ?? NoSession;
        var token = SessionSecrets.NewToken();
        var input = new RedeemInput(
            HolderOf(caller),
            caller.IsVerified,
            secrets.HashProof(caller.SiteId, sessionId, parsed ? code!.Proof : ""),
            secrets.HashToken(caller.SiteId, sessionId, token),
            SessionRequests.Page(site!.Scope, request.PageUrl, request.PageTitle, null));
        var asked = leases.Ask();
        var outcome = await runner.RunAsync(
            caller.SiteId, sessionId, (session, now) => SessionSteps.Redeem(session, input, now, settings), cancellationToken);
        metrics.Tried(outcome.IsAccepted ? "right" : "wrong");
        if (!outcome.IsAccepted)
        {
            return SessionRefusals.NoSuchCode;
        }

        leases.Confirm(caller.ConnectionId, outcome.Value, asked);
        return new RedeemCodeResult(
            sessionId, token, outcome.Value.AgentName, site.Scope.Rules, site.ShownSelectors, settings.ToLimits(), site.Department);
    }

    public async Task<Outcome<Acknowledged>> ConsentAsync(CoBrowseCaller caller, ConsentRequest request, CancellationToken cancellationToken = default) =>
        await StepAsync(
            caller, request.SessionId, (session, now) => SessionSteps.Consent(session, HolderOf(caller), request.Granted, now, settings), cancellationToken);

    public async Task<Outcome<ResumeSessionResult>> ResumeAsync(
        CoBrowseCaller caller, ResumeSessionRequest request, CancellationToken cancellationToken = default)
    {
        if (CheckCustomer(caller, out var site) is { } refusal
            || (refusal = SessionRequests.CheckPage(request.PageUrl, request.PageTitle, request.Version)) is not null)
        {
            return refusal;
        }

        if (!SessionRequests.IsId(request.SessionId) || !SessionRequests.IsToken(request.ResumeToken))
        {
            return SessionRefusals.NoSuchSession;
        }

        var token = SessionSecrets.NewToken();
        var page = SessionRequests.Page(site!.Scope, request.PageUrl, request.PageTitle, null);
        var input = new ResumeInput(
            HolderOf(caller),
            secrets.HashToken(caller.SiteId, request.SessionId, request.ResumeToken),
            secrets.HashToken(caller.SiteId, request.SessionId, token),
            page);
        var asked = leases.Ask();
        var outcome = await runner.RunAsync(
            caller.SiteId, request.SessionId, (session, now) => SessionSteps.Resume(session, input, now), cancellationToken);
        if (!outcome.IsAccepted)
        {
            return outcome.Refusal;
        }

        leases.Confirm(caller.ConnectionId, outcome.Value, asked);
        var session = outcome.Value;
        return new ResumeSessionResult(
            token, session.State, session.AgentName, site.Scope.Rules, site.ShownSelectors, settings.ToLimits(), page.Shown.InScope, session.FirstSeq,
            site.Department);
    }

    public async Task<Outcome<Acknowledged>> KeepAliveAsync(CoBrowseCaller caller, KeepAliveRequest request, CancellationToken cancellationToken = default) =>
        !request.Active && request.SessionId is not null && leases.IsConfirmed(caller.ConnectionId, request.SessionId, settings.HeardEvery)
            ? Acknowledged.Instance
            : await StepAsync(
                caller, request.SessionId, (session, now) => SessionSteps.KeepAlive(session, HolderOf(caller), request.Active, now, settings), cancellationToken);

    public async Task<Outcome<PageChangedResult>> ChangePageAsync(
        CoBrowseCaller caller, PageChangedRequest request, CancellationToken cancellationToken = default)
    {
        if (CheckCustomer(caller, out var site) is { } refusal || (refusal = SessionRequests.CheckPage(request.PageUrl, request.PageTitle)) is not null
            || (refusal = SessionRequests.CheckViewport(request.Viewport)) is not null)
        {
            return refusal;
        }

        var page = SessionRequests.Page(site!.Scope, request.PageUrl, request.PageTitle, request.Viewport);
        var outcome = await StepAsync(
            caller, request.SessionId, (session, now) => SessionSteps.ChangePage(session, HolderOf(caller), page, now, settings), cancellationToken);
        return outcome.IsAccepted ? new PageChangedResult(page.Shown.InScope) : outcome.Refusal;
    }

    public async Task<Outcome<Acknowledged>> PauseAsync(CoBrowseCaller caller, PauseRequest request, CancellationToken cancellationToken = default) =>
        await StepAsync(caller, request.SessionId, (session, now) => SessionSteps.Pause(session, HolderOf(caller), now, settings), cancellationToken);

    public async Task<Outcome<Acknowledged>> ContinueAsync(CoBrowseCaller caller, ContinueRequest request, CancellationToken cancellationToken = default) =>
        await StepAsync(caller, request.SessionId, (session, now) => SessionSteps.Continue(session, HolderOf(caller), now, settings), cancellationToken);

    public async Task<Outcome<Acknowledged>> AnswerNavigationAsync(
        CoBrowseCaller caller, AnswerNavigationRequest request, CancellationToken cancellationToken = default) =>
        await StepAsync(
            caller,
            request.SessionId,
            (session, now) => SessionSteps.AnswerProposal(session, HolderOf(caller), request.ProposalId, request.Accepted, now, settings),
            cancellationToken);

    public async Task<Outcome<Acknowledged>> EndAsync(CoBrowseCaller caller, EndRequest request, CancellationToken cancellationToken = default) =>
        request.Reason is not (null or SessionEndReasons.NotRequested or SessionEndReasons.PageTooLarge)
            ? SessionRefusals.Invalid($"reason is {SessionEndReasons.NotRequested} or {SessionEndReasons.PageTooLarge}, or absent.")
            : await StepAsync(
                caller,
                request.SessionId,
                (session, now) => SessionSteps.EndByCustomer(session, HolderOf(caller), request.Reason, now, settings),
                cancellationToken);

    /// <summary>What the connection published is nothing that an honest browser sends.</summary>
    /// <param name="what">The sanitizer's word for it.</param>
    internal async Task EndUnsafeAsync(CoBrowseCaller caller, string sessionId, string what, CancellationToken cancellationToken = default) =>
        await StepAsync(
            caller, sessionId, (session, now) => SessionSteps.EndUnsafe(session, HolderOf(caller), what, now, settings), cancellationToken);

    /// <summary>A customer's connection is gone.</summary>
    public async Task DisconnectAsync(string connectionId)
    {
        if (leases.Forget(connectionId) is { } held)
        {
            await runner.RunAsync(held.SiteId, held.SessionId, (session, now) => SessionSteps.Drop(session, connectionId, now));
        }
    }

    private static Refusal? CheckRedeem(RedeemCodeRequest request)
    {
        if (request.Code is null)
        {
            return SessionRefusals.Invalid("code is missing.");
        }

        return request.Code.Length > Limits.TypedCodeLength
            ? SessionRefusals.TooLarge($"code is longer than {Limits.TypedCodeLength} characters.")
            : SessionRequests.CheckPage(request.PageUrl, request.PageTitle, request.Version);
    }

    private Refusal? CheckCustomer(CoBrowseCaller caller, out CoPilotSite? site)
    {
        site = sites.Find(caller.SiteId);
        if (!caller.IsCustomer)
        {
            return SessionRefusals.CustomersOnly;
        }

        return site is null ? SessionRefusals.NoSuchSession : null;
    }

    private SessionHolder HolderOf(CoBrowseCaller caller) => new(caller.Id, caller.ConnectionId, news.NodeId);

    private async Task<Outcome<Acknowledged>> StepAsync(
        CoBrowseCaller caller, string? sessionId, Func<CoBrowseSession, DateTimeOffset, SessionStep> take, CancellationToken cancellationToken)
    {
        if (!caller.IsCustomer)
        {
            return SessionRefusals.CustomersOnly;
        }

        if (!SessionRequests.IsId(sessionId))
        {
            return SessionRefusals.NoSuchSession;
        }

        var asked = leases.Ask();
        var outcome = await runner.RunAsync(caller.SiteId, sessionId!, take, cancellationToken);
        if (outcome.IsAccepted && !outcome.Value.IsEnded)
        {
            leases.Confirm(caller.ConnectionId, outcome.Value, asked);
            return Acknowledged.Instance;
        }

        if (outcome.IsAccepted || SessionRefusals.AreOfALoss(outcome.Refusal))
        {
            leases.Lose(caller.ConnectionId, sessionId!);
        }

        return outcome.IsAccepted ? Acknowledged.Instance : outcome.Refusal;
    }
}
