using CoPilot.Realtime.Connections;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.Realtime.Tests.Connections;

public sealed class HubConnectionsTests : IAsyncLifetime
{
    private readonly LogWatcher _log = new();
    private readonly TestMeters _meters = new();
    private HubServer _server = null!;

    private HubConnections<HubServer.SilentHub> Connections => _server.Connections;

    public async ValueTask InitializeAsync() => _server = await HubServer.StartAsync(_log, _meters, new HubConnectionLimits(UnansweredSends: 64));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _meters.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Send_ReaderWhoStops_IsAbortedAndOthersGetEverything()
    {
        var aborted = 0;
        using var listener = _meters.Listen<long>("copilot.connections.slow_aborted", count => aborted += (int)count);
        using var stopped = await ConnectAsync("slow");
        using var reader = await ConnectAsync("reader");
        string[] both = [stopped.ConnectionId, reader.ConnectionId];

        var sent = await SendUntilAbortedAsync(reader, payload => Connections.Send(both, "Told", payload), () => aborted == 1);

        // The others go on as if nothing had happened.
        Connections.Send(both, "Told", new Numbered(sent, ""));
        Assert.Equal(sent, (await reader.ReadEventAsync()).GetProperty("number").GetInt32());
        Assert.Null(await stopped.ReadToEndAsync());
        Assert.Equal(1, aborted);
    }

    [Fact]
    public async Task HubContext_ReaderWhoStops_IsAbortedAndNobodyWaits()
    {
        var aborted = 0;
        using var listener = _meters.Listen<long>("copilot.connections.slow_aborted", count => aborted += (int)count);
        using var stopped = await ConnectAsync("ada");
        using var reader = await ConnectAsync("ada");

        await SendUntilAbortedAsync(
            reader,
            payload => Assert.True(_server.HubContext.Clients.User("ada").SendAsync("Told", payload).IsCompletedSuccessfully),
            () => aborted == 1);

        Assert.Null(await stopped.ReadToEndAsync());
    }

    [Fact]
    public async Task Send_ToMany_SerialisesOnce()
    {
        var payload = new CountingPayload();
        using var one = await ConnectAsync("one");
        using var two = await ConnectAsync("two");
        using var three = await ConnectAsync("three");

        Connections.Send([one.ConnectionId, two.ConnectionId, three.ConnectionId, "unknown"], "Told", payload);

        Assert.Equal("words", (await one.ReadEventAsync()).GetProperty("words").GetString());
        Assert.Equal("words", (await two.ReadEventAsync()).GetProperty("words").GetString());
        Assert.Equal("words", (await three.ReadEventAsync()).GetProperty("words").GetString());
        Assert.Equal(1, payload.Reads());

        Connections.SendToUsers(["one", "two", "unknown"], "Told", payload);

        await one.ReadEventAsync();
        await two.ReadEventAsync();
        Assert.Equal(2, payload.Reads());
    }

    [Fact]
    public async Task SendToUser_ReachesAllOfTheirsInOrderAndNobodyElse()
    {
        using var one = await ConnectAsync("ada");
        using var two = await ConnectAsync("ada");
        using var other = await ConnectAsync("grace");

        for (var i = 0; i < 30; i++)
        {
            Connections.SendToUser("ada", "Told", new Numbered(i, ""));
        }

        Connections.SendToAll("Told", new Numbered(-1, ""));
        foreach (var socket in new[] { one, two })
        {
            for (var i = 0; i < 30; i++)
            {
                Assert.Equal(i, (await socket.ReadEventAsync()).GetProperty("number").GetInt32());
            }
        }

        Assert.Equal(-1, (await other.ReadEventAsync()).GetProperty("number").GetInt32());
    }

    /// <summary>A close frame, or SignalR's close message, would make stock clients stay away.</summary>
    [Fact]
    public async Task Abort_CutsTheConnectionWithoutAWord()
    {
        using var socket = await ConnectAsync("ada");

        Assert.True(Connections.Abort(socket.ConnectionId));

        Assert.Null(await socket.ReadToEndAsync());
        Assert.False(Connections.Abort("unknown"));
    }

    [Fact]
    public async Task Connections_ThatEnd_AreForgotten()
    {
        var open = 0;
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = _meters.Listen<int>("copilot.connections.open", change =>
        {
            if (Interlocked.Add(ref open, change) == 0)
            {
                last.TrySetResult();
            }
        });
        using var one = await ConnectAsync("ada");
        using var two = await ConnectAsync("ada");
        Assert.Equal(2, Connections.Count);

        await one.CloseAsync();
        Connections.Abort(two.ConnectionId);
        await last.Task.Within();

        Assert.Equal(0, Connections.Count);
        Connections.Send(one.ConnectionId, "Told", 1);
        Connections.SendToUser("ada", "Told", 1);
    }

    private Task<RawHubSocket> ConnectAsync(string user) => RawHubSocket.ConnectAsync(_server.Address, user);

    /// <summary>Sends in step with the reader, whom nothing may hold up, until somebody else was aborted; answers how many it were.</summary>
    private static async Task<int> SendUntilAbortedAsync(RawHubSocket reader, Action<Numbered> send, Func<bool> isAborted)
    {
        var filling = new string('x', 16 * 1024);
        var number = 0;
        while (!isAborted())
        {
            Assert.True(number < 10_000, "Nobody was aborted after 160 MB that were not read.");
            send(new Numbered(number, filling));
            Assert.Equal(number, (await reader.ReadEventAsync()).GetProperty("number").GetInt32());
            number++;
        }

        return number;
    }

    private sealed record Numbered(int Number, string Filling);

    private sealed class CountingPayload
    {
        private int _reads;

        public int Reads() => _reads;

        public string Words
        {
            get
            {
                Interlocked.Increment(ref _reads);
                return "words";
            }
        }
    }
}
