using System.Net.WebSockets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Transport;

/// <summary>Takes a hub's WebSockets that come without negotiation; every other request is left to SignalR's own endpoint.</summary>
internal sealed class DirectEndpoint(
    ConnectionHandler hub,
    HttpConnectionDispatcherOptions options,
    RequestDelegate signalR,
    DirectConnections connections,
    TimeProvider time,
    ILogger<DirectEndpoint> logger)
{
    /// <summary>SignalR pings; pings of WebSockets beside them would cost each connection a timer.</summary>
    private static readonly WebSocketAcceptContext WithoutPings = new() { KeepAliveInterval = Timeout.InfiniteTimeSpan };

    /// <summary>For SignalR 0 is no limit.</summary>
    private long UnsentLimit => options.TransportMaxBufferSize is > 0 and var limit ? limit : long.MaxValue;

    public Task InvokeAsync(HttpContext http) =>
        http.WebSockets.IsWebSocketRequest
        && options.Transports.HasFlag(HttpTransportType.WebSockets)
        && options.WebSockets.SubProtocolSelector is null
        && !http.Request.Query.ContainsKey("id")
            ? RunAsync(http)
            : signalR(http);

    private async Task RunAsync(HttpContext http)
    {
        // Monitors of requests must not take a connection that is open for hours for a slow one.
        http.Features.Get<IHttpActivityFeature>()?.Activity.AddTag("http.long_running", "true");
        http.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();

        // Never disposed of: after an error that would cut the connection, and the close frame that tells the client of the error might not be sent yet.
        var socket = await http.WebSockets.AcceptWebSocketAsync(WithoutPings);
        var connection = new DirectConnection(http, socket, UnsentLimit, ExpiresAt(http), time);
        using var scope = DirectLog.OfConnection(logger, connection.ConnectionId);
        connections.Add(connection, options.TransportSendTimeout);
        var status = WebSocketCloseStatus.NormalClosure;
        try
        {
            await hub.OnConnectedAsync(connection);
        }
#pragma warning disable CA1031 // The request has been answered long ago: the client is told by the close frame, the operator by the log.
        catch (Exception error)
#pragma warning restore CA1031
        {
            DirectLog.HubFailed(logger, connection.ConnectionId, error);
            status = WebSocketCloseStatus.InternalServerError;
        }

        // Before the connection counts as ended, so that a server that stops waits for its last words, too.
        await connection.CloseAsync(status, options.WebSockets.CloseTimeout, time);
        connections.Remove(connection);
    }

    private DateTimeOffset ExpiresAt(HttpContext http) =>
        options.CloseOnAuthenticationExpiration
        && http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc is { } expires
            ? expires
            : DateTimeOffset.MaxValue;
}
