using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.HubClient;

/// <summary>
/// A customer's or agent's connection to <c>/hubs/chat</c>. Calls are those of <see cref="IChatHub"/>; a refused one throws
/// <see cref="HubRefusalException"/>. It does not reconnect: a test or a load run decides that itself. Thread-safe.
/// </summary>
public sealed class ChatClient : HubPeer, IChatHub
{
    private ChatClient(HubConnection connection, bool keepEvents)
        : base(connection) => Events = new ChatEvents(connection, keepEvents);

    public ChatEvents Events { get; }

    /// <param name="server">The server's root address, <c>http</c> or <c>https</c>.</param>
    /// <param name="token">A customer's or an agent's token; null when a cookie in <paramref name="options"/> says who it is.</param>
    public static async Task<ChatClient> ConnectAsync(
        Uri server, string? token, ChatClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= ChatClientOptions.Default;
        var client = new ChatClient(Build(server, "hubs/chat", token, options), options.KeepEvents);
        await client.StartAsync(cancellationToken);
        return client;
    }

    public Task<JoinResult> Join(JoinRequest request) => CallAsync<JoinResult>(nameof(Join), request);

    public Task<Acknowledged> Leave(LeaveRequest request) => CallAsync<Acknowledged>(nameof(Leave), request);

    public Task<SendResult> Send(SendRequest request) => CallAsync<SendResult>(nameof(Send), request);

    public Task<Acknowledged> SetTyping(SetTypingRequest request) => CallAsync<Acknowledged>(nameof(SetTyping), request);

    public Task<Acknowledged> MarkRead(MarkReadRequest request) => CallAsync<Acknowledged>(nameof(MarkRead), request);

    public Task<Acknowledged> EndChat(EndChatRequest request) => CallAsync<Acknowledged>(nameof(EndChat), request);

    public Task<StartChatResult> StartChat(StartChatRequest request) => CallAsync<StartChatResult>(nameof(StartChat), request);

    public Task<MyContactsResult> MyContacts(MyContactsRequest request) => CallAsync<MyContactsResult>(nameof(MyContacts), request);

    public Task<CallbackStatus> RequestCallback(RequestCallbackRequest request) => CallAsync<CallbackStatus>(nameof(RequestCallback), request);

    public Task<CallbackStatus> RescheduleCallback(RescheduleCallbackRequest request) => CallAsync<CallbackStatus>(nameof(RescheduleCallback), request);

    public Task<CallbackStatus> CancelCallback(CancelCallbackRequest request) => CallAsync<CallbackStatus>(nameof(CancelCallback), request);

    public Task<CallbackStatus> GetCallback(GetCallbackRequest request) => CallAsync<CallbackStatus>(nameof(GetCallback), request);

    public Task<SetStatusResult> SetStatus(SetStatusRequest request) => CallAsync<SetStatusResult>(nameof(SetStatus), request);

    public Task<AcceptOfferResult> AcceptOffer(AcceptOfferRequest request) => CallAsync<AcceptOfferResult>(nameof(AcceptOffer), request);

    public Task<Acknowledged> DeclineOffer(DeclineOfferRequest request) => CallAsync<Acknowledged>(nameof(DeclineOffer), request);

    public Task<Acknowledged> Transfer(TransferRequest request) => CallAsync<Acknowledged>(nameof(Transfer), request);

    public Task<SendResult> AddNote(AddNoteRequest request) => CallAsync<SendResult>(nameof(AddNote), request);

    public Task<GetQueuesResult> GetQueues(GetQueuesRequest request) => CallAsync<GetQueuesResult>(nameof(GetQueues), request);

    public Task<CompleteCallbackResult> CompleteCallback(CompleteCallbackRequest request) =>
        CallAsync<CompleteCallbackResult>(nameof(CompleteCallback), request);

    public Task<Acknowledged> CloseQueue(CloseQueueRequest request) => CallAsync<Acknowledged>(nameof(CloseQueue), request);

    public Task<Acknowledged> OpenQueue(OpenQueueRequest request) => CallAsync<Acknowledged>(nameof(OpenQueue), request);

    public Task<Acknowledged> MoveContact(MoveContactRequest request) => CallAsync<Acknowledged>(nameof(MoveContact), request);

    public Task<SiteOverview> WatchSite(WatchSiteRequest request) => CallAsync<SiteOverview>(nameof(WatchSite), request);

    public Task<Acknowledged> UnwatchSite(UnwatchSiteRequest request) => CallAsync<Acknowledged>(nameof(UnwatchSite), request);

    public Task<Acknowledged> SetPriority(SetPriorityRequest request) => CallAsync<Acknowledged>(nameof(SetPriority), request);
}

/// <summary>How a client connects.</summary>
/// <param name="TokenInAddress">As browsers do, who cannot set a header on a WebSocket.</param>
/// <param name="Origin">What a browser on that page would say; none is allowed with a bearer token.</param>
/// <param name="Cookies">The console signs in by cookie.</param>
/// <param name="KeepEvents">Keep every event, so that a test can look back; a load run does not.</param>
public sealed record ChatClientOptions(
    bool TokenInAddress = false,
    string? Origin = null,
    System.Net.CookieContainer? Cookies = null,
    bool KeepEvents = true)
{
    public static readonly ChatClientOptions Default = new();

    /// <summary>One of <see cref="HubProtocols"/>.</summary>
    public IHubProtocol Protocol { get; init; } = HubProtocols.Json;
}
