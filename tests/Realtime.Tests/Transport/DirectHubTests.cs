using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using CoPilot.Realtime.Tests.Connections;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Transport;

/// <summary>What clients and hubs see of the direct transport, over real sockets; it must be what they see of SignalR's own.</summary>
public sealed class DirectHubTests : IAsyncLifetime
{
    private readonly LogWatcher _log = new();
    private DirectServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await DirectServer.StartAsync(_log, hub =>
    {
        hub.KeepAliveInterval = TimeSpan.FromSeconds(1);
        hub.ClientTimeoutInterval = TimeSpan.FromSeconds(8);
        hub.MaximumReceiveMessageSize = 32 * 1024;
    });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Message_InManyFrames_IsOne()
    {
        using var socket = await ConnectAsync();

        foreach (var piece in Echo("2", "in pieces") + "\u001e")
        {
            await socket.SendPieceAsync(piece.ToString(), isLast: piece == '\u001e');
        }

        Assert.Equal("in pieces", await ResultAsync(socket));
    }

    [Fact]
    public async Task Messages_InOneFrame_AreAnsweredInTheirOrder()
    {
        using var socket = await ConnectAsync();

        await socket.SendAsync(string.Join('\u001e', Enumerable.Range(0, 200).Select(number => Echo($"n{number}", $"{number}"))));

        for (var number = 0; number < 200; number++)
        {
            Assert.Equal($"{number}", await ResultAsync(socket));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2_047)]
    [InlineData(4_096)]
    [InlineData(30_000)]
    public async Task Message_OfAnySizeAllowed_ComesBackWhole(int length)
    {
        using var socket = await ConnectAsync();
        var text = string.Concat(Enumerable.Range(0, length).Select(at => (char)('a' + (at % 26))));

        await socket.SendAsync(Echo("2", text));

        Assert.Equal(text, await ResultAsync(socket));
    }

    [Fact]
    public async Task Message_LongerThanAllowed_EndsTheConnectionInWords()
    {
        _log.Expect("maximum message size");
        using var socket = await ConnectAsync();

        await socket.SendAsync(Echo("2", new string('x', 40_000)));

        Assert.Contains("\"type\":7", await socket.ReadRecordAsync(), StringComparison.Ordinal);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await socket.ReadToEndAsync());
    }

    [Fact]
    public async Task Hub_KnowsTheRequestAndThePerson()
    {
        using var socket = await ConnectAsync("ada&lives=60");

        await socket.SendAsync(Call("2", "Asked"));
        Assert.Equal("ada", await ResultAsync(socket));

        await socket.SendAsync(Call("3", "IsSignedIn"));
        Assert.Contains("true", await socket.ReadRecordAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectionIds_AreOfSixteenRandomBytes()
    {
        using var one = await ConnectAsync();
        using var other = await ConnectAsync();

        Assert.Equal(22, one.ConnectionId.Length);
        Assert.NotEqual(one.ConnectionId, other.ConnectionId);
    }

    [Fact]
    public async Task Connection_BeyondItsToken_IsClosedInWordsAndMayComeBack()
    {
        using var socket = await ConnectAsync("ada&lives=60");
        await socket.SendAsync(Echo("2", "still here"));
        Assert.Equal("still here", await ResultAsync(socket));

        _server.Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Contains("\"allowReconnect\":true", await socket.ReadCloseMessageAsync(), StringComparison.Ordinal);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await socket.ReadToEndAsync());
    }

    [Fact]
    public async Task RequestClose_ClosesInWords()
    {
        using var socket = await ConnectAsync();

        await socket.SendAsync(Call("2", "AskToLeave"));

        Assert.Contains("\"allowReconnect\":true", await socket.ReadCloseMessageAsync(), StringComparison.Ordinal);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await socket.ReadToEndAsync());
        await LeavesNothingAsync(1);
    }

    [Fact]
    public async Task HubAbort_Closes()
    {
        using var socket = await ConnectAsync();

        await socket.SendAsync(Call("2", "Cut"));

        await socket.ReadToEndAsync();
        await LeavesNothingAsync(1);
    }

    [Fact]
    public async Task Abort_Cuts()
    {
        using var socket = await ConnectAsync();

        Assert.True(_server.Connections.Abort(socket.ConnectionId));

        Assert.Null(await socket.ReadToEndAsync());
        await LeavesNothingAsync(1);
    }

    [Fact]
    public async Task SilentClient_IsPingedThenMissed()
    {
        using var socket = await ConnectAsync();

        Assert.Contains("\"type\":6", await socket.ReadRecordAsync(), StringComparison.Ordinal);

        // SignalR misses only clients that ping.
        await socket.SendAsync("""{"type":6}""");
        await LeavesNothingAsync(1);
    }

    [Fact]
    public async Task Reader_WhoDoesNotRead_IsCutAfterTheSendTimeout()
    {
        using var socket = await ConnectAsync();
        var text = new string('x', 16_000);

        for (var sent = 0; sent < 250; sent++)
        {
            _server.Connections.Send(socket.ConnectionId, "Told", text);
        }

        await LeavesNothingAsync(1);
    }

    [Fact]
    public async Task Reader_WhoReadsLate_GetsAllInOrder()
    {
        using var socket = await ConnectAsync();
        var padding = new string('x', 8_000);

        for (var sent = 0; sent < 200; sent++)
        {
            _server.Connections.Send(socket.ConnectionId, "Told", new { sent, padding });
        }

        for (var sent = 0; sent < 200; sent++)
        {
            Assert.Equal(sent, (await socket.ReadEventAsync()).GetProperty("sent").GetInt32());
        }
    }

    [Fact]
    public async Task ManySenders_NothingIsTornOrLost()
    {
        using var socket = await ConnectAsync();
        const int Each = 60; // all together fewer than a connection may have unanswered

        var sending = Parallel.ForAsync(0, 4, (sender, _) =>
        {
            for (var number = 0; number < Each; number++)
            {
                _server.Connections.Send(socket.ConnectionId, "Told", new { sender, number });
            }

            return ValueTask.CompletedTask;
        });
        var next = new int[4];
        for (var read = 0; read < 4 * Each; read++)
        {
            var told = await socket.ReadEventAsync();
            Assert.Equal(next[told.GetProperty("sender").GetInt32()]++, told.GetProperty("number").GetInt32());
        }

        await sending.Within();
    }

    [Fact]
    public async Task Stop_EndsHubsAndClosesInWords()
    {
        using var socket = await ConnectAsync();

        var stopping = _server.StopAsync();

        Assert.Contains("\"type\":7", await socket.ReadCloseMessageAsync(), StringComparison.Ordinal);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await socket.ReadToEndAsync());
        await socket.CloseAsync();
        await stopping.Within();
        Assert.Equal(1, _server.Ends.Count);
    }

    /// <summary>Clients that are gone without a word must not hold a stop up for longer than a close may take.</summary>
    [Fact]
    public async Task Stop_WithClientsThatDoNotAnswer_CutsThem()
    {
        using var socket = await FrameSocket.ConnectAsync(_server.Address);
        await socket.ShakeHandsAsync();

        await _server.StopAsync().Within();

        Assert.Equal(1000, await socket.ReadCloseCodeAsync());
        Assert.Equal((0, 1), (_server.Open, _server.Ends.Count));
    }

    [Fact]
    public async Task ClientWhoCloses_IsAnswered()
    {
        using var socket = await ConnectAsync();

        await socket.CloseAsync();

        await LeavesNothingAsync(1);
    }

    [Fact]
    public async Task AThousandThatOpenAndClose_LeaveNothing()
    {
        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) =>
        {
            using var socket = await ConnectAsync();
            if (number % 2 == 0)
            {
                await socket.CloseAsync();
            }
        });

        await LeavesNothingAsync(1_000);
        Assert.Equal(0, _server.Connections.Count);
    }

    [Fact]
    public async Task AbortInTheMiddleOfEverything_LeavesNothing()
    {
        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
        {
            using var socket = await ConnectAsync();
            await socket.SendAsync(string.Join('\u001e', Enumerable.Range(0, 20).Select(id => Echo($"n{id}", new string('x', 1_000)))));
            if (number % 2 == 0)
            {
                await socket.ReadRecordAsync();
            }

            _server.Connections.Send(socket.ConnectionId, "Told", "before");
            _server.Connections.Abort(socket.ConnectionId);
            _server.Connections.Send(socket.ConnectionId, "Told", "after");
            await socket.ReadToEndAsync();
        });

        await LeavesNothingAsync(200);
    }

    [Fact]
    public async Task NegotiatedConnection_IsSignalRsOwn()
    {
        using var socket = await ConnectAsync("ada&id=" + await NegotiateAsync());
        await socket.SendAsync(Echo("2", "said"));

        Assert.Equal("said", await ResultAsync(socket));
        Assert.Equal(0, _server.Open);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatIsLogged_NamesTheConnection(bool isNegotiated)
    {
        using var socket = await ConnectAsync(isNegotiated ? "ada&id=" + await NegotiateAsync() : "ada");

        await socket.SendAsync(Call("2", "Note"));
        await socket.ReadRecordAsync();

        Assert.Contains("TransportConnectionId:" + socket.ConnectionId, Assert.Single(_server.Scopes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/hub", "*/*", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/hub", "text/event-stream", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/hub", "*/*", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/hub?id=unknown", "*/*", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/hub?id=unknown", "*/*", HttpStatusCode.NotFound)]
    public async Task Request_ThatIsNoWebSocket_GetsSignalRsAnswer(string method, string path, string accepts, HttpStatusCode answer)
    {
        using var http = new HttpClient { BaseAddress = _server.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Headers.Add("Accept", accepts);

        using var response = await http.SendAsync(request).Within();

        Assert.Equal(answer, response.StatusCode);
    }

    private static string Call(string id, string method) => $$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[]}""";

    private static string Echo(string id, string text) => $$"""{"type":1,"invocationId":"{{id}}","target":"Echo","arguments":["{{text}}"]}""";

    private static async Task<string?> ResultAsync(RawHubSocket socket)
    {
        while (true)
        {
            var record = JsonDocument.Parse(await socket.ReadRecordAsync()).RootElement;
            if (record.GetProperty("type").GetInt32() == 3)
            {
                return record.GetProperty("result").GetString();
            }
        }
    }

    private async Task<string?> NegotiateAsync()
    {
        using var http = new HttpClient { BaseAddress = _server.Address };
        using var negotiated = await http.PostAsync(new Uri("/hub/negotiate?negotiateVersion=1", UriKind.Relative), null).Within();
        return JsonDocument.Parse(await negotiated.Content.ReadAsStringAsync()).RootElement.GetProperty("connectionToken").GetString();
    }

    private Task<RawHubSocket> ConnectAsync(string user = "ada") => RawHubSocket.ConnectAsync(_server.Address, user);

    private Task LeavesNothingAsync(int ended) => Eventually.TrueAsync(() => _server.Ends.Count == ended && _server.Open == 0);
}
