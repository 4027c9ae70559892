using CoPilot.CoBrowse.Scope;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.CoBrowse.Guidance;

/// <summary>What agents show on customers' pages and propose to them. Nothing of it touches a page. Thread-safe.</summary>
public sealed class GuidanceService(
    SessionRunner runner, GuidedSessions guided, ISessionNotifier notifier, ICoPilotSites sites, CoBrowseSettings settings)
{
    /// <summary>
    /// Comes ten times a second. Within <see cref="GuidedSessions.Trusted"/> of the store's word no store is asked: whose session it is never changes, and pointing
    /// tells the agent nothing of the page. So the most that goes wrong is a pointer on a page whose pause, on another node, is younger than that; the page shows none then.
    /// </summary>
    public async Task<Outcome<Acknowledged>> PointAsync(CoBrowseCaller caller, GuidanceRequest request, CancellationToken cancellationToken = default)
    {
        if ((CheckCaller(caller, request.SessionId) ?? GuidanceRequests.CheckPoint(request)) is { } refusal)
        {
            return refusal;
        }

        var pointed = GuidanceRequests.ToEvent(request);
        if (guided.Find(caller, request.SessionId) is { } lease)
        {
            notifier.Tell(new CustomerNotice(request.SessionId, lease, nameof(ICoBrowseClient.Pointer), pointed));
            return Acknowledged.Instance;
        }

        var outcome = await runner.RunAsync(
            caller.SiteId, request.SessionId, (session, now) => SessionSteps.Point(session, caller.Id, pointed, now, settings), cancellationToken);
        if (!outcome.IsAccepted)
        {
            return outcome.Refusal;
        }

        guided.Remember(caller, outcome.Value);
        return Acknowledged.Instance;
    }

    public Task<Outcome<Acknowledged>> HighlightAsync(CoBrowseCaller caller, GuidanceRequest request, CancellationToken cancellationToken = default) =>
        GuideAsync(
            caller,
            request,
            GuidanceRequests.CheckHighlight(request),
            new GuidanceInput(nameof(ICoBrowseClient.Highlighted), GuidanceRequests.ToEvent(request), request.NodeId is null ? null : "highlight", request.Seq),
            cancellationToken);

    public Task<Outcome<Acknowledged>> DrawAsync(CoBrowseCaller caller, GuidanceRequest request, CancellationToken cancellationToken = default) =>
        GuideAsync(
            caller,
            request,
            GuidanceRequests.CheckDrawing(request),
            new GuidanceInput(nameof(ICoBrowseClient.Drawn), GuidanceRequests.ToEvent(request), request.Points is null or [] ? null : "draw", request.Seq),
            cancellationToken);

    public Task<Outcome<Acknowledged>> ScrollAsync(CoBrowseCaller caller, GuidanceRequest request, CancellationToken cancellationToken = default) =>
        GuideAsync(
            caller,
            request,
            GuidanceRequests.CheckScroll(request),
            new GuidanceInput(nameof(ICoBrowseClient.ScrollProposed), GuidanceRequests.ToEvent(request), "scroll", request.Seq),
            cancellationToken);

    public async Task<Outcome<ProposeNavigationResult>> ProposeAsync(
        CoBrowseCaller caller, ProposeNavigationRequest request, CancellationToken cancellationToken = default)
    {
        if ((CheckCaller(caller, request.SessionId) ?? GuidanceRequests.CheckProposal(request)) is { } refusal)
        {
            return refusal;
        }

        if (sites.Find(caller.SiteId) is not { } site)
        {
            return SessionRefusals.NoSuchSession;
        }

        var outcome = await runner.RunAsync(
            caller.SiteId, request.SessionId, (session, now) => SessionSteps.Propose(session, caller.Id, request.Url, site, now, settings), cancellationToken);
        return outcome.IsAccepted ? new ProposeNavigationResult(outcome.Value.Proposal!.Id) : outcome.Refusal;
    }

    /// <summary>The agent's connection is gone.</summary>
    public void Leave(CoBrowseCaller agent) => guided.Forget(agent.Id);

    private static Refusal? CheckCaller(CoBrowseCaller caller, string? sessionId)
    {
        if (!caller.IsAgent)
        {
            return SessionRefusals.AgentsOnly;
        }

        return SessionRequests.IsId(sessionId) ? null : SessionRefusals.NoSuchSession;
    }

    private async Task<Outcome<Acknowledged>> GuideAsync(
        CoBrowseCaller caller, GuidanceRequest request, Refusal? fault, GuidanceInput input, CancellationToken cancellationToken)
    {
        if ((CheckCaller(caller, request.SessionId) ?? fault) is { } refusal)
        {
            return refusal;
        }

        var outcome = await runner.RunAsync(
            caller.SiteId, request.SessionId, (session, now) => SessionSteps.Guide(session, caller.Id, input, now, settings), cancellationToken);
        return outcome.IsAccepted ? Acknowledged.Instance : outcome.Refusal;
    }
}
