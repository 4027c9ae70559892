namespace CoPilot.Contracts.CoBrowse;

/// <summary>
/// What clients call on <c>/hubs/cobrowse</c>. Every call takes one request and answers one result, can be repeated safely, and is refused
/// with one of <see cref="ErrorCodes"/>. Nothing here clicks, types, selects, submits or runs script, and nothing that does may be added.
/// </summary>
public interface ICoBrowseHub : ICoBrowseAgentCalls, ICoBrowseCustomerCalls
{
#pragma warning disable CA1716 // The wire's word; what Visual Basic calls it is not asked.
    Task<Acknowledged> End(EndRequest request);
#pragma warning restore CA1716
}

public interface ICoBrowseAgentCalls
{
    Task<CreateCodeResult> CreateCode(CreateCodeRequest request);

    Task<Acknowledged> Invite(InviteRequest request);

    Task<WatchResult> Watch(WatchRequest request);

    Task<Acknowledged> AcknowledgeFrames(AcknowledgeFramesRequest request);

    Task<Acknowledged> RequestKeyframe(RequestKeyframeRequest request);

    Task<Acknowledged> Point(GuidanceRequest request);

    Task<Acknowledged> Highlight(GuidanceRequest request);

    Task<Acknowledged> Draw(GuidanceRequest request);

    Task<Acknowledged> ScrollTo(GuidanceRequest request);

    Task<ProposeNavigationResult> ProposeNavigation(ProposeNavigationRequest request);
}

/// <summary>
/// Only the connection that redeemed the code or resumed last may call for the session (but for <see cref="RedeemCode"/> and
/// <see cref="ResumeSession"/>); any other is <c>stale</c>. Every call renews its lease.
/// </summary>
public interface ICoBrowseCustomerCalls
{
    Task<RedeemCodeResult> RedeemCode(RedeemCodeRequest request);

    Task<Acknowledged> Consent(ConsentRequest request);

    Task<ResumeSessionResult> ResumeSession(ResumeSessionRequest request);

    Task<Acknowledged> KeepAlive(KeepAliveRequest request);

    Task<PublishFramesResult> PublishFrames(PublishFramesRequest request);

    Task<Acknowledged> PublishPointer(PublishPointerRequest request);

    Task<PageChangedResult> PageChanged(PageChangedRequest request);

    Task<Acknowledged> AnswerNavigation(AnswerNavigationRequest request);

    Task<Acknowledged> Pause(PauseRequest request);

#pragma warning disable CA1716 // As above.
    Task<Acknowledged> Continue(ContinueRequest request);
#pragma warning restore CA1716
}
