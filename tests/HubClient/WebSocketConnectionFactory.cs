using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace CoPilot.HubClient;

/// <summary>Opens hub connections straight over a WebSocket, without negotiation, as our own clients do.</summary>
public sealed class WebSocketConnectionFactory(TransferFormat format, Action<ClientWebSocketOptions>? configure = null) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        try
        {
            configure?.Invoke(socket.Options);
            await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
            return new WebSocketConnection(socket, format);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
