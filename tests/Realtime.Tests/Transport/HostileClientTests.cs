using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Transport;

/// <summary>Clients that mean no good, or are broken: none may cost more than a connection's bounds, or stay for longer than its deadlines.</summary>
public sealed class HostileClientTests : IAsyncLifetime
{
    private const int LongestMessage = 32 * 1024;
    private const int Piece = 1024;

    private readonly LogWatcher _log = new();
    private DirectServer _server = null!;
    private FrameSocket _socket = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await DirectServer.StartAsync(_log, hub =>
        {
            hub.HandshakeTimeout = TimeSpan.FromSeconds(1);
            hub.KeepAliveInterval = TimeSpan.FromSeconds(1);
            hub.MaximumReceiveMessageSize = LongestMessage;
        });
        _socket = await FrameSocket.ConnectAsync(_server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task NoHandshake_EndsTheConnectionAtItsDeadline()
    {
        Assert.Contains("error", (await _socket.ReadFrameAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(1000, await _socket.ReadCloseCodeAsync());
        await Eventually.TrueAsync(() => _server.Open == 0);
    }

    [Fact]
    public async Task HalfAHandshake_EndsTheConnectionAtItsDeadline()
    {
        await _socket.SendAsync(0x01, FrameSocket.Handshake("json")[..5]);

        Assert.Contains("error", (await _socket.ReadFrameAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(1000, await _socket.ReadCloseCodeAsync());
        await Eventually.TrueAsync(() => _server.Open == 0);
    }

    /// <summary>The client says that much more will come: the hub must not have waited for it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MessageWithoutEnd_EndsTheConnectionWhenItIsTooLong(bool inOneFrame)
    {
        _log.Expect("maximum message size");
        await _socket.ShakeHandsAsync();
        var piece = new string('x', Piece);

        await _socket.WriteAsync(inOneFrame ? FrameSocket.Header(FrameSocket.Text, long.MaxValue) : FrameSocket.Header(0x01, 0));
        for (var sent = 0; sent <= 2 * LongestMessage; sent += Piece)
        {
            await (inOneFrame ? _socket.WriteAsync(new byte[Piece]) : _socket.SendAsync(0x00, piece));
        }

        Assert.Equal(1000, await _socket.ReadCloseCodeAsync());
        await LeavesNothingAsync();
    }

    [Fact]
    public async Task ManyPings_AreAllAnswered()
    {
        await _socket.ShakeHandsAsync();
        const int Pings = 5_000;

        var sending = _socket.WriteAsync([.. Enumerable.Range(0, Pings).SelectMany(_ => FrameSocket.Header(FrameSocket.Ping, 0))]);
        for (var answered = 0; answered < Pings;)
        {
            answered += (await _socket.ReadFrameAsync()).Kind == FrameSocket.Pong ? 1 : 0;
        }

        await sending.Within();
    }

    [Fact]
    public async Task ManyPings_OfWhoDoesNotRead_EndTheConnection()
    {
        await _socket.ShakeHandsAsync();
        var pings = Enumerable.Range(0, 100).SelectMany(_ => (byte[])[.. FrameSocket.Header(FrameSocket.Ping, 100), .. new byte[100]]).ToArray();

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
            {
                await _socket.WriteAsync(pings);
            }
        });
        await LeavesNothingAsync();
    }

    [Fact]
    public async Task HalfClosed_EndsTheConnection()
    {
        await _socket.ShakeHandsAsync();

        _socket.EndSending();

        await LeavesNothingAsync();
    }

    /// <summary>A hub that is busy does not read; it learns by a ping that cannot be sent that nobody wants its answer.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task GoneWhileTheHubIsBusy_TheHubLearnsIt(bool withData, bool inHalf)
    {
        await _socket.ShakeHandsAsync();
        await _socket.SendAsync(FrameSocket.Text, "{\"type\":1,\"target\":\"WaitForEnd\",\"arguments\":[]}\u001e");
        await Eventually.TrueAsync(() => _server.Ends.Waiting == 1);
        if (withData)
        {
            await _socket.SendAsync(FrameSocket.Text, "{\"type\":6}\u001e");
        }

        (inHalf ? (Action)_socket.EndSending : _socket.Cut)();

        await LeavesNothingAsync();
    }

    private Task LeavesNothingAsync() => Eventually.TrueAsync(() => _server.Open == 0 && _server.Ends.Count == 1);
}
