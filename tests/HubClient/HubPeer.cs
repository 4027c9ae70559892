using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.HubClient;

/// <summary>A connection to one of the hubs, whatever is said on it. A refused call throws <see cref="HubRefusalException"/>. It does not reconnect. Thread-safe.</summary>
public abstract class HubPeer : IAsyncDisposable
{
    /// <summary>As the product's own clients; SignalR's 15 seconds would race against the server's patience with a silent client.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(5);

    private readonly HubConnection _connection;
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private protected HubPeer(HubConnection connection)
    {
        _connection = connection;
        _connection.KeepAliveInterval = PingEvery;
        _connection.Closed += error =>
        {
            _closed.TrySetResult(error);
            return Task.CompletedTask;
        };
    }

    /// <summary>Ends when the connection does, with the error that ended it, if one did.</summary>
    public Task<Exception?> Closed => _closed.Task;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _connection.DisposeAsync();
    }

    private protected async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _connection.StartAsync(cancellationToken);
        }
        catch
        {
            await _connection.DisposeAsync();
            throw;
        }
    }

    private protected async Task<T> CallAsync<T>(string method, object request)
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

    private protected static HubConnection Build(Uri server, string path, string? token, ChatClientOptions options)
    {
        var address = new UriBuilder(new Uri(server, path));
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
