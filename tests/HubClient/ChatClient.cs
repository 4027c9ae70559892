using System.Net.WebSockets;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.HubClient;

/// <summary>
/// A customer's or agent's connection to <c>/hubs/chat</c>. Calls are those of <see cref="IChatHub"/>; a refused one throws
/// <see cref="HubRefusalException"/>. It does not reconnect: a test or a load run decides that itself. Thread-safe.
/// </summary>
public sealed class ChatClient : IChatHub, IAsyncDisposable
{
    /// <summary>As the product's own clients; SignalR's 15 seconds would race against the server's patience with a silent client.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(5);

    private readonly HubConnection _connection;
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChatClient(HubConnection connection, bool keepEvents)
    {
        _connection = connection;
        _connection.KeepAliveInterval = PingEvery;
        _connection.Closed += error =>
        {
            _closed.TrySetResult(error);
            return Task.CompletedTask;
        };
        Events = new ChatEvents(connection, keepEvents);
    }

    public ChatEvents Events { get; }

    /// <summary>Ends when the connection does, with the error that ended it, if one did.</summary>
    public Task<Exception?> Closed => _closed.Task;

    /// <param name="server">The server's root address, <c>http</c> or <c>https</c>.</param>
    /// <param name="token">A customer's or an agent's token; null when a cookie in <paramref name="options"/> says who it is.</param>
    public static async Task<ChatClient> ConnectAsync(
        Uri server, string? token, ChatClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= ChatClientOptions.Default;
        var connection = Build(server, token, options);
        var client = new ChatClient(connection, options.KeepEvents);
        try
        {
            await connection.StartAsync(cancellationToken);
            return client;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public Task<JoinResult> Join(JoinRequest request) => CallAsync<JoinResult>(nameof(Join), request);

    public Task<Acknowledged> Leave(LeaveRequest request) => CallAsync<Acknowledged>(nameof(Leave), request);

    public Task<SendResult> Send(SendRequest request) => CallAsync<SendResult>(nameof(Send), request);

    public Task<Acknowledged> SetTyping(SetTypingRequest request) => CallAsync<Acknowledged>(nameof(SetTyping), request);

    public Task<Acknowledged> MarkRead(MarkReadRequest request) => CallAsync<Acknowledged>(nameof(MarkRead), request);

    public Task<Acknowledged> EndChat(EndChatRequest request) => CallAsync<Acknowledged>(nameof(EndChat), request);

    public Task<StartChatResult> StartChat(StartChatRequest request) => CallAsync<StartChatResult>(nameof(StartChat), request);

    public Task<MyContactsResult> MyContacts(MyContactsRequest request) => CallAsync<MyContactsResult>(nameof(MyContacts), request);

    public Task<SetStatusResult> SetStatus(SetStatusRequest request) => CallAsync<SetStatusResult>(nameof(SetStatus), request);

    public Task<AcceptOfferResult> AcceptOffer(AcceptOfferRequest request) => CallAsync<AcceptOfferResult>(nameof(AcceptOffer), request);

    public Task<Acknowledged> DeclineOffer(DeclineOfferRequest request) => CallAsync<Acknowledged>(nameof(DeclineOffer), request);

    public Task<Acknowledged> Transfer(TransferRequest request) => CallAsync<Acknowledged>(nameof(Transfer), request);

    public Task<SendResult> AddNote(AddNoteRequest request) => CallAsync<SendResult>(nameof(AddNote), request);

    public Task<GetQueuesResult> GetQueues(GetQueuesRequest request) => CallAsync<GetQueuesResult>(nameof(GetQueues), request);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<T> CallAsync<T>(string method, object request)
    {
        try
        {
            return (T)(await _connection.InvokeCoreAsync(method, typeof(T), [request]))!;
        }
        catch (HubException exception)
        {
            throw HubRefusalException.Parse(exception.Message, exception);
        }
    }

    private static HubConnection Build(Uri server, string? token, ChatClientOptions options)
    {
        var address = new UriBuilder(new Uri(server, "hubs/chat"));
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        if (token is not null && options.TokenInAddress)
        {
            address.Query = "access_token=" + Uri.EscapeDataString(token);
        }

        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton(options.Protocol);
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(options.Protocol.TransferFormat, socket => Configure(socket, token, options)));
        builder.Services.AddSingleton<System.Net.EndPoint>(new UriEndPoint(address.Uri));
        return builder.Build();
    }

    private static void Configure(ClientWebSocketOptions socket, string? token, ChatClientOptions options)
    {
        if (token is not null && !options.TokenInAddress)
        {
            socket.SetRequestHeader("Authorization", "Bearer " + token);
        }

        if (options.Origin is { } origin)
        {
            socket.SetRequestHeader("Origin", origin);
        }

        socket.Cookies = options.Cookies;
    }
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
