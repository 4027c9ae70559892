using System.Net.WebSockets;
using System.Text;
using CoPilot.Realtime.MessagePack;
using CoPilot.Realtime.Tests.Connections;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.Realtime.Tests.MessagePack;

public sealed class HostileFrameTests : IAsyncLifetime
{
    private readonly LogWatcher _log = new();
    private readonly TestMeters _meters = new();
    private HubServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await HubServer.StartAsync(_log, _meters);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _meters.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData("ffffffffff")]
    [InlineData("11960180a131a657686f416d49ddffffffff")]
    [InlineData("01c1")]
    [InlineData("00")]
    public async Task Frame_ThatIsMalformed_ClosesOnlyItsConnection(string hex)
    {
        // SignalR's own line about a connection whose bytes made no sense.
        _log.Expect("Error when processing requests");
        using var good = await ConnectAsync();
        using var bad = await ConnectAsync();

        await bad.SendAsync(Convert.FromHexString(hex), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).Within();

        await ReadToEndAsync(bad).Within();
        Assert.NotEmpty((string)(await CallAsync(good)).Result!);
    }

    [Fact]
    public async Task Call_WhoseArgumentsDoNotFit_FailsAndItsConnectionStays()
    {
        _log.Expect("Failed to invoke hub method");
        using var socket = await ConnectAsync();

        Assert.NotNull((await CallAsync(socket, "nothing takes this")).Error);

        Assert.NotEmpty((string)(await CallAsync(socket)).Result!);
    }

    [Fact]
    public void AddMessagePack_Twice_AddsOneProtocol()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSignalR().AddMessagePack().AddMessagePack();
        using var provider = services.BuildServiceProvider();

        Assert.Equal(["json", "messagepack"], provider.GetServices<IHubProtocol>().Select(protocol => protocol.Name).Order());
    }

    /// <summary>As the framework's own: its clients say 1, or 2 with stateful reconnect.</summary>
    [Fact]
    public void Version_IsTheFrameworks()
    {
        var json = new JsonHubProtocol();

        Assert.Equal(json.Version, Frames.Protocol.Version);
        Assert.All([0, 1, 2, 3], version => Assert.Equal(json.IsVersionSupported(version), Frames.Protocol.IsVersionSupported(version)));
    }

    private async Task<ClientWebSocket> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(_server.Address) { Scheme = "ws", Path = "/hub" }.Uri, CancellationToken.None).Within();
        await socket.SendAsync("{\"protocol\":\"messagepack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).Within();
        Assert.Equal("{}\u001e", Encoding.UTF8.GetString(await ReadAsync(socket)));
        return socket;
    }

    private static async Task<CompletionMessage> CallAsync(ClientWebSocket socket, params object[] arguments)
    {
        var call = Frames.Protocol.GetMessageBytes(new InvocationMessage("1", nameof(HubServer.SilentHub.WhoAmI), arguments));
        await socket.SendAsync(call, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).AsTask().Within();
        while (true)
        {
            if (Frames.Parse(await ReadAsync(socket), TestBinder.Dynamic(1)) is CompletionMessage completion)
            {
                return completion;
            }
        }
    }

    private static async Task<byte[]> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None).Within();
        Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
        return buffer[..received.Count];
    }

    private static async Task ReadToEndAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, CancellationToken.None).Within()).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Cut off, which is an end too.
        }
    }
}
