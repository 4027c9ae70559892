using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Connections;

/// <summary>A hub connection in JSON whose reading is in the test's hands: what is not read stays where the server put it.</summary>
internal sealed class RawHubSocket : IDisposable
{
    private const char RecordSeparator = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private readonly SocketsHttpHandler _handler;
    private readonly HttpMessageInvoker _invoker;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly StringBuilder _text = new();

    private RawHubSocket()
    {
        // A small receive buffer, so that a reader who stops is felt by the server soon.
        _handler = new SocketsHttpHandler { ConnectCallback = ConnectSocketAsync };
        _invoker = new HttpMessageInvoker(_handler);
    }

    public string ConnectionId { get; private set; } = "";

    public static async Task<RawHubSocket> ConnectAsync(Uri server, string user)
    {
        var socket = new RawHubSocket();
        var address = new UriBuilder(server) { Scheme = "ws", Path = "/hub", Query = "user=" + user }.Uri;
        await socket._socket.ConnectAsync(address, socket._invoker, CancellationToken.None).Within();
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}");
        Assert.Equal("{}", await socket.ReadRecordAsync());
        await socket.SendAsync("{\"type\":1,\"invocationId\":\"1\",\"target\":\"WhoAmI\",\"arguments\":[]}");
        socket.ConnectionId = JsonDocument.Parse(await socket.ReadRecordAsync()).RootElement.GetProperty("result").GetString()!;
        return socket;
    }

    /// <summary>The next event's only argument; pings and the like are passed over.</summary>
    public async Task<JsonElement> ReadEventAsync()
    {
        while (true)
        {
            var record = JsonDocument.Parse(await ReadRecordAsync()).RootElement;
            if (record.GetProperty("type").GetInt32() == 1)
            {
                return record.GetProperty("arguments")[0];
            }
        }
    }

    /// <summary>The hub's words at its end; what comes before is passed over.</summary>
    public async Task<string> ReadCloseMessageAsync()
    {
        while (true)
        {
            var record = await ReadRecordAsync();
            if (record.Contains("\"type\":7", StringComparison.Ordinal))
            {
                return record;
            }
        }
    }

    /// <summary>Reads until the connection ends, and answers how: null when it was cut, else the close frame's status.</summary>
    public async Task<WebSocketCloseStatus?> ReadToEndAsync()
    {
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(_buffer, CancellationToken.None).Within();
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return received.CloseStatus;
                }
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).Within();

    public Task SendAsync(string record) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(record + RecordSeparator), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).Within();

    /// <summary>One piece of a message that goes in several frames.</summary>
    public Task SendPieceAsync(string text, bool isLast) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, isLast, CancellationToken.None).Within();

    public async Task<string> ReadRecordAsync()
    {
        while (true)
        {
            var text = _text.ToString();
            var end = text.IndexOf(RecordSeparator, StringComparison.Ordinal);
            if (end >= 0)
            {
                _text.Remove(0, end + 1);
                return text[..end];
            }

            var received = await _socket.ReceiveAsync(_buffer, CancellationToken.None).Within();
            Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
            _text.Append(Encoding.UTF8.GetString(_buffer, 0, received.Count));
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _invoker.Dispose();
        _handler.Dispose();
    }

    private static async ValueTask<Stream> ConnectSocketAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8 * 1024, NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
