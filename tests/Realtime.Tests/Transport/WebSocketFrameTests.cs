using System.Net.Sockets;
using System.Text;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Transport;

/// <summary>Frames as RFC 6455 has them, byte by byte: what a client may send between and within messages, and what it may not.</summary>
public sealed class WebSocketFrameTests : IAsyncLifetime
{
    private const byte Text = 0x81;
    private const byte Close = 0x88;
    private const byte Ping = 0x89;
    private const byte Pong = 0x8A;
    private const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";

    private readonly LogWatcher _log = new();
    private readonly TcpClient _client = new();
    private DirectServer _server = null!;
    private NetworkStream _stream = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await DirectServer.StartAsync(_log);
        await _client.ConnectAsync(_server.Address.Host, _server.Address.Port);
        _stream = _client.GetStream();
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(
            "GET /hub HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        var answer = new StringBuilder();
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            answer.Append((char)(await ReadAsync(1))[0]);
        }

        Assert.StartsWith("HTTP/1.1 101", answer.ToString(), StringComparison.Ordinal);
        Assert.Contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", answer.ToString(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Ping_WithinAMessage_IsAnswered()
    {
        await SendAsync(0x01, Handshake[..5]);
        await SendAsync(Ping, "here?");
        Assert.Equal((Pong, "here?"), await ReadFrameAsync());

        await SendAsync(0x80, Handshake[5..]);
        Assert.Equal((Text, "{}\u001e"), await ReadFrameAsync());
    }

    [Fact]
    public async Task EmptyMessage_ChangesNothing()
    {
        await SendAsync(Text, "");
        await SendAsync(Text, Handshake);

        Assert.Equal((Text, "{}\u001e"), await ReadFrameAsync());
    }

    [Fact]
    public async Task Close_IsAnsweredWithClose()
    {
        await SendAsync(Text, Handshake);
        await ReadFrameAsync();
        await SendAsync(Close, "\u0003\u00e8");

        var (kind, _) = await ReadFrameAsync();

        Assert.Equal(Close, kind);
        await Eventually.TrueAsync(() => _server.Open == 0);
    }

    [Theory]
    [InlineData(0x83)] // an opcode that does not exist
    [InlineData(0xC1)] // a reserved bit
    [InlineData(0x80)] // goes on with a message that never began
    [InlineData(0x09)] // a ping in pieces
    public async Task Frame_ThatBreaksTheProtocol_IsAnsweredBy1002(byte first)
    {
        _log.Expect("");
        await SendAsync(Text, Handshake);
        await ReadFrameAsync();

        await SendAsync(first, "x");

        Assert.Equal(1002, await ReadCloseCodeAsync());
        await Eventually.TrueAsync(() => _server.Open == 0);
    }

    [Fact]
    public async Task Frame_WithoutMask_IsAnsweredBy1002()
    {
        _log.Expect("");
        await _stream.WriteAsync((byte[])[Text, 20, .. new byte[20]]);

        Assert.Equal(1002, await ReadCloseCodeAsync());
        await Eventually.TrueAsync(() => _server.Open == 0);
    }

    [Fact]
    public async Task Connection_CutWithinAFrame_LeavesNothing()
    {
        await SendAsync(Text, Handshake);
        await ReadFrameAsync();
        await _stream.WriteAsync(new byte[] { Text, 0xFE, 0x10 });
        _client.Client.Close(0);

        await Eventually.TrueAsync(() => _server.Open == 0 && _server.Ends.Count == 1);
    }

    /// <summary>With a mask of zeros, which leaves the text as it is. Characters are Latin-1, one byte each.</summary>
    private async Task SendAsync(byte first, string text) => await _stream.WriteAsync(
        (byte[])[first, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.Latin1.GetBytes(text)]);

    private async Task<(byte Kind, string Text)> ReadFrameAsync()
    {
        var header = await ReadAsync(2);
        Assert.True(header[1] < 126, "Only short frames are expected here.");
        return (header[0], Encoding.Latin1.GetString(await ReadAsync(header[1])));
    }

    private async Task<int> ReadCloseCodeAsync()
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

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes).AsTask().Within();
        return bytes;
    }
}
