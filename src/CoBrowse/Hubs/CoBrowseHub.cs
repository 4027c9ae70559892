using CoPilot.CoBrowse.Guidance;
using CoPilot.CoBrowse.Relay;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime.Outcomes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.CoBrowse.Hubs;

/// <summary>
/// <c>/hubs/cobrowse</c>. Holds nothing and decides nothing: each method hands who calls and what they ask to a use case, which checks role, site and lease again on
/// every call.
/// </summary>
[Authorize]
internal sealed class CoBrowseHub(
    ICoBrowseIdentity identity,
    CustomerSessionService customers,
    AgentSessionService agents,
    GuidanceService guidance,
    FrameService frames,
    ConnectedAgents connected)
    : Hub<ICoBrowseClient>, ICoBrowseHub
{
    private static readonly object CallerKey = new();

    private CoBrowseCaller Caller => (CoBrowseCaller)Context.Items[CallerKey]!;

    private CancellationToken Gone => Context.ConnectionAborted;

    public override Task OnConnectedAsync()
    {
        // Read once: a connection ends when its token does.
        Context.Items[CallerKey] = identity.CallerOf(Context);
        if (Caller.IsAgent)
        {
            connected.Add(Caller);
        }

        return Task.CompletedTask;
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (Caller.IsAgent)
        {
            connected.Remove(Caller);
            guidance.Leave(Caller);
        }

        await customers.DisconnectAsync(Context.ConnectionId);
        await frames.LeaveAsync(Caller);
    }

    public Task<CreateCodeResult> CreateCode(CreateCodeRequest request) => agents.CreateCodeAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> Invite(InviteRequest request) => agents.InviteAsync(Caller, request, Gone).OrRefuse();

    public Task<WatchResult> Watch(WatchRequest request) => frames.WatchAsync(Caller, request, Gone).OrRefuse();

    // What ends or hides something is done whether or not the caller stays to hear it.
    public Task<Acknowledged> End(EndRequest request) =>
        (Caller.IsAgent ? agents.EndAsync(Caller, request) : customers.EndAsync(Caller, request)).OrRefuse();

    public Task<RedeemCodeResult> RedeemCode(RedeemCodeRequest request) => customers.RedeemAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> Consent(ConsentRequest request) =>
        customers.ConsentAsync(Caller, request, request.Granted ? Gone : CancellationToken.None).OrRefuse();

    public Task<ResumeSessionResult> ResumeSession(ResumeSessionRequest request) => customers.ResumeAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> KeepAlive(KeepAliveRequest request) => customers.KeepAliveAsync(Caller, request, Gone).OrRefuse();

    public Task<PageChangedResult> PageChanged(PageChangedRequest request) => customers.ChangePageAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> Pause(PauseRequest request) => customers.PauseAsync(Caller, request).OrRefuse();

    public Task<Acknowledged> Continue(ContinueRequest request) => customers.ContinueAsync(Caller, request, Gone).OrRefuse();

    public Task<PublishFramesResult> PublishFrames(PublishFramesRequest request) => frames.PublishAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> PublishPointer(PublishPointerRequest request) => frames.MoveAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> AnswerNavigation(AnswerNavigationRequest request) =>
        customers.AnswerNavigationAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> AcknowledgeFrames(AcknowledgeFramesRequest request) => frames.AcknowledgeAsync(Caller, request).OrRefuse();

    public Task<Acknowledged> RequestKeyframe(RequestKeyframeRequest request) => frames.RequestKeyframeAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> Point(GuidanceRequest request) => guidance.PointAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> Highlight(GuidanceRequest request) => guidance.HighlightAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> Draw(GuidanceRequest request) => guidance.DrawAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> ScrollTo(GuidanceRequest request) => guidance.ScrollAsync(Caller, request, Gone).OrRefuse();

    public Task<ProposeNavigationResult> ProposeNavigation(ProposeNavigationRequest request) =>
        guidance.ProposeAsync(Caller, request, Gone).OrRefuse();
}
