using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

/// <summary>A hub connection that sends whatever it is told and reads only when asked: for what no well-behaved client does.</summary>
internal sealed class RawHubConnection : IAsyncDisposable
{
    private const char Separator = '\u001e';
    private readonly ClientWebSocket _socket = new();
    private readonly StringBuilder _unread = new();
    private int _lastInvocation;

    public static async Task<RawHubConnection> OpenAsync(Uri server, string token, int? receiveBuffer = null)
    {
        var connection = await OpenSilentAsync(server, token, receiveBuffer);
        await connection.ShakeHandsAsync();
        return connection;
    }

    /// <summary>A WebSocket over which no hub protocol was agreed on yet: the hub does not know of it.</summary>
    public static async Task<RawHubConnection> OpenSilentAsync(Uri server, string token, int? receiveBuffer = null)
    {
        var connection = new RawHubConnection();
        connection._socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        using var handler = new SocketsHttpHandler();
        handler.ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (receiveBuffer is { } size)
            {
                socket.ReceiveBufferSize = size;
            }

            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        };
        var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        await connection._socket.ConnectAsync(new Uri($"ws://{server.Authority}/hubs/chat"), invoker, CancellationToken.None).Within();
        return connection;
    }

    public async Task ShakeHandsAsync()
    {
        await SendHandshakeAsync();
        await ReadAsync().Within();
    }

    /// <summary>And does not wait for the answer.</summary>
    public Task SendHandshakeAsync() => SendAsync("""{"protocol":"json","version":1}""");

    public Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + Separator), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>Calls and answers the completion message.</summary>
    public async Task<JsonElement> CallAsync(string method, string arguments)
    {
        var id = (++_lastInvocation).ToString(CultureInfo.InvariantCulture);
        await SendAsync($$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":{{arguments}}}""");
        while (true)
        {
            var message = JsonSerializer.Deserialize<JsonElement>(await ReadAsync().Within());
            if (message.TryGetProperty("invocationId", out var answered) && answered.GetString() == id)
            {
                return message;
            }
        }
    }

    /// <summary>Calls what must be refused and answers the error's text.</summary>
    public async Task<string> FailAsync(string method, string arguments)
    {
        var completion = await CallAsync(method, arguments);
        Assert.True(completion.TryGetProperty("error", out var error), $"{method}{arguments} was not refused: {completion}");
        return error.GetString()!;
    }

    /// <summary>Reads on until the server has ended the connection, in whatever way; answers what it said, and whether it was cut off without a goodbye.</summary>
    public async Task<(string Said, bool IsCutOff)> ClosedAsync()
    {
        var said = new StringBuilder();
        try
        {
            var buffer = new byte[64 * 1024];
            while (await _socket.ReceiveAsync(buffer, CancellationToken.None).Within() is { MessageType: not WebSocketMessageType.Close } received)
            {
                said.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            }

            return (said.ToString(), false);
        }
        catch (WebSocketException)
        {
            return (said.ToString(), true);
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        var bytes = new List<byte>();
        while (IndexOfSeparator() < 0)
        {
            var received = await _socket.ReceiveAsync(buffer, CancellationToken.None);
            Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
            bytes.AddRange(buffer.AsSpan(0, received.Count));
            if (received.EndOfMessage)
            {
                _unread.Append(Encoding.UTF8.GetString([.. bytes]));
                bytes.Clear();
            }
        }

        var end = IndexOfSeparator();
        var message = _unread.ToString(0, end);
        _unread.Remove(0, end + 1);
        return message;
    }

    private int IndexOfSeparator() => _unread.ToString().IndexOf(Separator, StringComparison.Ordinal);
}
