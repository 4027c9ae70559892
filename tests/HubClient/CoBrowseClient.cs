using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using Microsoft.AspNetCore.SignalR.Client;

namespace CoPilot.HubClient;

/// <summary>A customer's or agent's connection to <c>/hubs/cobrowse</c>. Calls are those of <see cref="ICoBrowseHub"/>. Thread-safe.</summary>
public sealed class CoBrowseClient : HubPeer, ICoBrowseHub
{
    private CoBrowseClient(HubConnection connection, bool keepEvents)
        : base(connection) => Events = new CoBrowseEvents(connection, keepEvents);

    public CoBrowseEvents Events { get; }

    /// <param name="server">The server's root address, <c>http</c> or <c>https</c>.</param>
    /// <param name="token">A customer's or an agent's token; null when a cookie in <paramref name="options"/> says who it is.</param>
    public static async Task<CoBrowseClient> ConnectAsync(
        Uri server, string? token, ChatClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= ChatClientOptions.Default;
        var client = new CoBrowseClient(Build(server, "hubs/cobrowse", token, options), options.KeepEvents);
        await client.StartAsync(cancellationToken);
        return client;
    }

    public Task<CreateCodeResult> CreateCode(CreateCodeRequest request) => CallAsync<CreateCodeResult>(nameof(CreateCode), request);

    public Task<Acknowledged> Invite(InviteRequest request) => CallAsync<Acknowledged>(nameof(Invite), request);

    public Task<WatchResult> Watch(WatchRequest request) => CallAsync<WatchResult>(nameof(Watch), request);

    public Task<RedeemCodeResult> RedeemCode(RedeemCodeRequest request) => CallAsync<RedeemCodeResult>(nameof(RedeemCode), request);

    public Task<Acknowledged> Consent(ConsentRequest request) => CallAsync<Acknowledged>(nameof(Consent), request);

    public Task<ResumeSessionResult> ResumeSession(ResumeSessionRequest request) => CallAsync<ResumeSessionResult>(nameof(ResumeSession), request);

    public Task<Acknowledged> KeepAlive(KeepAliveRequest request) => CallAsync<Acknowledged>(nameof(KeepAlive), request);

    public Task<PageChangedResult> PageChanged(PageChangedRequest request) => CallAsync<PageChangedResult>(nameof(PageChanged), request);

    public Task<Acknowledged> Pause(PauseRequest request) => CallAsync<Acknowledged>(nameof(Pause), request);

    public Task<Acknowledged> Continue(ContinueRequest request) => CallAsync<Acknowledged>(nameof(Continue), request);

    public Task<Acknowledged> AcknowledgeFrames(AcknowledgeFramesRequest request) => CallAsync<Acknowledged>(nameof(AcknowledgeFrames), request);

    public Task<Acknowledged> RequestKeyframe(RequestKeyframeRequest request) => CallAsync<Acknowledged>(nameof(RequestKeyframe), request);

    public Task<Acknowledged> Point(GuidanceRequest request) => CallAsync<Acknowledged>(nameof(Point), request);

    public Task<Acknowledged> Highlight(GuidanceRequest request) => CallAsync<Acknowledged>(nameof(Highlight), request);

    public Task<Acknowledged> Draw(GuidanceRequest request) => CallAsync<Acknowledged>(nameof(Draw), request);

    public Task<Acknowledged> ScrollTo(GuidanceRequest request) => CallAsync<Acknowledged>(nameof(ScrollTo), request);

    public Task<ProposeNavigationResult> ProposeNavigation(ProposeNavigationRequest request) =>
        CallAsync<ProposeNavigationResult>(nameof(ProposeNavigation), request);

    public Task<PublishFramesResult> PublishFrames(PublishFramesRequest request) => CallAsync<PublishFramesResult>(nameof(PublishFrames), request);

    public Task<Acknowledged> PublishPointer(PublishPointerRequest request) => CallAsync<Acknowledged>(nameof(PublishPointer), request);

    public Task<Acknowledged> AnswerNavigation(AnswerNavigationRequest request) => CallAsync<Acknowledged>(nameof(AnswerNavigation), request);

    public Task<Acknowledged> End(EndRequest request) => CallAsync<Acknowledged>(nameof(End), request);
}
