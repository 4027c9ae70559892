using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Transport;

/// <summary>A client that writes its WebSocket's frames byte by byte, and so may write what no client should. Texts are Latin-1, one byte each.</summary>
internal sealed class FrameSocket : IDisposable
{
    public const byte Text = 0x81;
    public const byte Close = 0x88;
    public const byte Ping = 0x89;
    public const byte Pong = 0x8A;

    /// <summary>With a mask of zeros, which leaves the payload as it is.</summary>
    private const byte Masked = 0x80;

    private readonly TcpClient _client = new() { ReceiveBufferSize = 8 * 1024 };
    private NetworkStream _stream = null!;

    public static async Task<FrameSocket> ConnectAsync(Uri server)
    {
        var socket = new FrameSocket();
        await socket._client.ConnectAsync(server.Host, server.Port);
        socket._stream = socket._client.GetStream();
        await socket.WriteAsync(Encoding.ASCII.GetBytes(
            "GET /hub HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        var answer = new StringBuilder();
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            answer.Append((char)(await socket.ReadAsync(1))[0]);
        }

        Assert.StartsWith("HTTP/1.1 101", answer.ToString(), StringComparison.Ordinal);
        Assert.Contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", answer.ToString(), StringComparison.Ordinal);
        return socket;
    }

    public async Task ShakeHandsAsync(string protocol = "json")
    {
        await SendAsync(Text, Handshake(protocol));
        Assert.Equal("{}\u001e", (await ReadFrameAsync()).Text);
    }

    public static string Handshake(string protocol) => $"{{\"protocol\":\"{protocol}\",\"version\":1}}\u001e";

    public Task SendAsync(byte first, string payload) => WriteAsync([.. Header(first, payload.Length), .. Encoding.Latin1.GetBytes(payload)]);

    /// <summary>A frame's beginning, whatever follows.</summary>
    public static byte[] Header(byte first, long length)
    {
        var header = new byte[length < 126 ? 6 : 14];
        header[0] = first;
        header[1] = (byte)(Masked | (length < 126 ? length : 127));
        if (length >= 126)
        {
            BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), length);
        }

        return header;
    }

    public Task WriteAsync(byte[] bytes) => _stream.WriteAsync(bytes).AsTask().Within();

    public async Task<(byte Kind, string Text)> ReadFrameAsync()
    {
        var header = await ReadAsync(2);
        Assert.True(header[1] < 126, "Only short frames are expected here.");
        return (header[0], Encoding.Latin1.GetString(await ReadAsync(header[1])));
    }

    /// <summary>What comes before is passed over.</summary>
    public async Task<int> ReadCloseCodeAsync()
    {
        while (true)
        {
            var (kind, text) = await ReadFrameAsync();
            if (kind == Close)
            {
                return (text[0] << 8) | text[1];
            }
        }
    }

    /// <summary>Says that no more comes, by TCP, and goes on reading.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Without a word.</summary>
    public void Cut() => _client.Client.Close(0);

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes).AsTask().Within();
        return bytes;
    }
}
