using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Transport;

/// <summary>Frames as RFC 6455 has them: what a client may send between and within messages, and what it may not.</summary>
public sealed class WebSocketFrameTests : IAsyncLifetime
{
    private static readonly string Handshake = FrameSocket.Handshake("json");

    private readonly LogWatcher _log = new();
    private DirectServer _server = null!;
    private FrameSocket _socket = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await DirectServer.StartAsync(_log);
        _socket = await FrameSocket.ConnectAsync(_server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Ping_WithinAMessage_IsAnswered()
    {
        await _socket.SendAsync(0x01, Handshake[..5]);
        await _socket.SendAsync(FrameSocket.Ping, "here?");
        Assert.Equal((FrameSocket.Pong, "here?"), await _socket.ReadFrameAsync());

        await _socket.SendAsync(0x80, Handshake[5..]);
        Assert.Equal((FrameSocket.Text, "{}\u001e"), await _socket.ReadFrameAsync());
    }

    [Fact]
    public async Task EmptyFrames_ChangeNothing()
    {
        await _socket.SendAsync(FrameSocket.Text, "");
        await _socket.SendAsync(0x01, Handshake[..5]);
        await _socket.SendAsync(0x00, "");
        await _socket.SendAsync(0x80, Handshake[5..]);

        Assert.Equal((FrameSocket.Text, "{}\u001e"), await _socket.ReadFrameAsync());
    }

    /// <summary>As with SignalR's own transport, only the bytes count.</summary>
    [Fact]
    public async Task BinaryFrame_OfATextProtocol_IsRead()
    {
        await _socket.SendAsync(0x82, Handshake);

        Assert.Equal((FrameSocket.Text, "{}\u001e"), await _socket.ReadFrameAsync());
    }

    [Theory]
    [InlineData("\u0003\u00e8", 1000)]
    [InlineData("", 1000)]
    [InlineData("\u0003\u00e9bye", 1000)] // "going away", with a reason
    [InlineData("\u0003\u00e7", 1002)] // 999, which nobody may send
    [InlineData("\u0003\u00ed", 1002)] // 1005, which may not be sent
    [InlineData("\u0003", 1002)] // half a code
    [InlineData("\u0003\u00e8\u00ff", 1002)] // a reason that is no UTF-8
    public async Task Close_IsAnsweredWithClose(string payload, int answer)
    {
        _log.Expect("");
        await _socket.ShakeHandsAsync();

        await _socket.SendAsync(FrameSocket.Close, payload);

        Assert.Equal(answer, await _socket.ReadCloseCodeAsync());
        await LeavesNothingAsync();
    }

    [Theory]
    [InlineData(0x83, "x", 1002)] // an opcode that does not exist
    [InlineData(0xC1, "x", 1002)] // a reserved bit
    [InlineData(0x80, "x", 1002)] // goes on with a message that never began
    [InlineData(0x09, "x", 1002)] // a ping in pieces
    [InlineData(0x81, "\u0091", 1007)] // binary in a frame for text
    public async Task Frame_ThatBreaksTheProtocol_IsAnsweredByItsCode(byte first, string payload, int answer)
    {
        _log.Expect("");
        await _socket.ShakeHandsAsync("messagepack");

        await _socket.SendAsync(first, payload);

        Assert.Equal(answer, await _socket.ReadCloseCodeAsync());
        await LeavesNothingAsync();
    }

    [Fact]
    public async Task Frame_WithoutMask_IsAnsweredBy1002()
    {
        _log.Expect("");
        await _socket.WriteAsync([FrameSocket.Text, 20, .. new byte[20]]);

        Assert.Equal(1002, await _socket.ReadCloseCodeAsync());
        await Eventually.TrueAsync(() => _server.Open == 0);
    }

    [Fact]
    public async Task Connection_CutWithinAFrame_LeavesNothing()
    {
        await _socket.ShakeHandsAsync();
        await _socket.WriteAsync([FrameSocket.Text, 0xFE, 0x10]);

        _socket.Cut();

        await LeavesNothingAsync();
    }

    private Task LeavesNothingAsync() => Eventually.TrueAsync(() => _server.Open == 0 && _server.Ends.Count == 1);
}
