using System.Globalization;
using System.Net;
using CoPilot.Realtime.Redis;
using CoPilot.Realtime.Redis.Pipeline;
using CoPilot.TestKit;
using StackExchange.Redis;

namespace CoPilot.Realtime.Tests.Redis.Pipeline;

public sealed class PipelineConnectionTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    private readonly ManualTimeProvider _clock = new();
    private int _ends;

    [Fact]
    public async Task Send_ThousandsFromManyThreads_EachGetsItsOwnAnswer()
    {
        using var connection = Over(await OpenAsync());

        await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                var words = Enumerable.Range(0, 4).Select(part => $"{caller}-{i}-{part}").ToList();
                var answers = words.ConvertAll(word => Ask(connection, "ECHO", word));
                Assert.Equal(words, Array.ConvertAll(await Task.WhenAll(answers), answer => (string)answer));
            }
        }))).Within();
    }

    [Fact]
    public async Task Send_ContinuationsThatAskAgainOrThrow_KeepNobodyWaiting()
    {
        using var connection = Over(await OpenAsync());
        var thrown = new InvalidOperationException("a caller's own");

        async Task<string> TwiceAsync(int i)
        {
            await Ask(connection, "PING");
            var answer = (string)await Ask(connection, "ECHO", i);
            return i % 2 == 0 ? throw thrown : answer;
        }

        var all = Enumerable.Range(0, 200).Select(TwiceAsync).ToList();
        for (var i = 0; i < all.Count; i++)
        {
            if (i % 2 == 0)
            {
                Assert.Same(thrown, await Assert.ThrowsAsync<InvalidOperationException>(() => all[i].Within()));
            }
            else
            {
                Assert.Equal(i.ToString(CultureInfo.InvariantCulture), await all[i].Within());
            }
        }

        Assert.Equal("PONG", (string)await Ask(connection, "PING").Within());
    }

    [Fact]
    public async Task Send_WhileOneIsUnanswered_LeavesWithTheOthersWhenItIsAnswered()
    {
        var (server, stream) = await ScriptedRedis.OpenAsync();
        using var closing = server;
        using var connection = Over(stream);
        var first = Ask(connection, "ECHO", "first");
        await server.HearAsync("first");
        var later = Enumerable.Range(0, 3).Select(i => Ask(connection, "ECHO", $"later-{i}")).ToList();

        // Nothing but the first is with Redis, so this is what it sends last and not later-0.
        Assert.Equal(0, server.Unread);
        await server.SayAsync("+first\r\n");

        Assert.Equal("first", (string)await first.Within());
        Assert.Contains("later-0", await server.HearAsync("later-2"), StringComparison.Ordinal);
        await server.SayAsync("+0\r\n+1\r\n");
        Assert.Equal(["0", "1"], Array.ConvertAll(await Task.WhenAll(later[..2]).Within(), answer => (string)answer));

        // One of those is still unanswered.
        var last = Ask(connection, "ECHO", "last");
        Assert.Equal(0, server.Unread);
        await server.SayAsync("+2\r\n");
        await server.HearAsync("last");
        await server.SayAsync("+last\r\n");
        Assert.Equal("last", (string)await last.Within());
    }

    [Fact]
    public async Task Send_ContinuationThatBlocks_WhatIsAskedLaterIsAnsweredStill()
    {
        var (server, stream) = await ScriptedRedis.OpenAsync();
        using var closing = server;
        using var connection = Over(stream);
        using var released = new ManualResetEventSlim();
        var blocked = Ask(connection, "PING").ContinueWith(
            _ => Assert.True(released.Wait(Deadline.Default)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        await server.HearAsync("PING");
        var after = Ask(connection, "ECHO", "after");
        await server.SayAsync("+PONG\r\n");
        await server.HearAsync("after");
        await server.SayAsync("+after\r\n");

        Assert.Equal("after", (string)await after.Within());
        Assert.False(blocked.IsCompleted);
        released.Set();
        await blocked.Within();
    }

    [Fact]
    public async Task Send_LargeCommandsAndAnswers_AreWhole()
    {
        using var connection = Over(await OpenAsync());
        var large = new byte[3_000_000];
        Random.Shared.NextBytes(large);

        var answers = Enumerable.Range(0, 5).Select(_ => Ask(connection, "ECHO", large)).ToList();

        foreach (var answer in answers)
        {
            Assert.Equal(large, (byte[])await answer.Within());
        }
    }

    [Fact]
    public async Task Send_ErrorsOfRedis_AreReplies()
    {
        using var connection = Over(await OpenAsync());

        var error = Ask(connection, "NONSENSE");
        var after = Ask(connection, "PING");

        Assert.StartsWith("ERR unknown command", (await error.Within()).Error, StringComparison.Ordinal);
        Assert.Equal("PONG", (string)await after.Within());
    }

    [Fact]
    public async Task Send_ArgumentThatCannotBeSent_LeavesOthersAlone()
    {
        using var connection = Over(await OpenAsync());

        Assert.Throws<ArgumentException>(() => { _ = Ask(connection, "ECHO", 1.5); });

        Assert.Equal("PONG", (string)await Ask(connection, "PING").Within());
    }

    [Fact]
    public async Task Send_AnswerComesTooLate_IsDroppedAndTheNextOneIsItsOwn()
    {
        var (server, stream) = await ScriptedRedis.OpenAsync();
        using var closing = server;
        using var connection = Over(stream);
        var late = Ask(connection, "GET", "late");

        Pass(7);
        Assert.False(late.IsCompleted);
        var next = Ask(connection, "GET", "next");
        Pass(1);
        await Assert.ThrowsAsync<TimeoutException>(() => late.Within());
        Assert.False(next.IsCompleted);
        await server.SayAsync("+of the first\r\n");
        await server.HearAsync("next");
        await server.SayAsync("+of the second\r\n");

        Assert.Equal("of the second", (string)await next.Within());
        Assert.True(connection.IsOpen);
    }

    [Fact]
    public async Task Send_ProcessThatStoodStill_LosesOneSliceOnly()
    {
        var (server, stream) = await ScriptedRedis.OpenAsync();
        using var closing = server;
        using var connection = Over(stream);
        var answer = Ask(connection, "PING");
        await server.HearAsync("PING");

        _clock.Advance(Limit * 3);
        await server.SayAsync("+PONG\r\n");

        Assert.Equal("PONG", (string)await answer.Within());
    }

    [Fact]
    public async Task Ping_NobodyAnswers_WaitsForWhoJudgesSilence()
    {
        var (server, stream) = await ScriptedRedis.OpenAsync();
        using var closing = server;
        using var connection = Over(stream);

        var ping = connection.PingAsync();
        var command = Ask(connection, "GET", "x");
        Pass(20);

        await Assert.ThrowsAsync<TimeoutException>(() => command.Within());
        Assert.False(ping.IsCompleted);
        server.HangUp();
        await ping.Within();
    }

    [Theory]
    [InlineData("$100\r\nonly a part of")]
    [InlineData("")]
    public async Task Connection_ClosedByRedis_FailsAllThatWaitAndTakesNoMore(string lastWords)
    {
        var (server, stream) = await ScriptedRedis.OpenAsync();
        using var closing = server;
        using var connection = Over(stream);
        var waiting = Enumerable.Range(0, 10).Select(_ => Ask(connection, "PING")).ToList();
        await server.HearAsync("PING");

        await server.SayAsync(lastWords);
        server.HangUp();

        await AllUnavailableAsync(connection, waiting);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("+PONG\r\n+nobody asked\r\n")]
    public async Task Connection_PeerThatIsNoRedis_IsClosed(string words)
    {
        var (server, stream) = await ScriptedRedis.OpenAsync();
        using var closing = server;
        using var connection = Over(stream);
        var first = Ask(connection, "PING");
        await server.HearAsync("PING");

        await server.SayAsync(words);

        await Eventually.TrueAsync(() => !connection.IsOpen);
        if (words[0] == '+')
        {
            // What came before it could be understood.
            Assert.Equal("PONG", (string)await first.Within());
        }
        else
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => first.Within());
        }
    }

    [Fact]
    public async Task Send_NothingIsAnswered_IsBounded()
    {
        var (server, stream) = await ScriptedRedis.OpenAsync();
        using var closing = server;
        using var connection = Over(stream);
        var waiting = Enumerable.Range(0, PipelineConnection.MostWaiting).Select(_ => Ask(connection, "PING")).ToList();

        Assert.Throws<StoreUnavailableException>(() => { _ = Ask(connection, "PING"); });

        var ping = connection.PingAsync();
        Assert.False(ping.IsCompleted);
        connection.Dispose();
        await ping.Within();
        foreach (var each in waiting)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => each.Within());
        }
    }

    [Fact]
    public async Task Send_NothingIsTaken_IsBoundedInBytesToo()
    {
        var (server, stream) = await ScriptedRedis.OpenAsync();
        using var closing = server;
        using var connection = Over(stream);
        var large = new byte[4 * 1024 * 1024];
        var sent = 0;

        Assert.Throws<StoreUnavailableException>(() =>
        {
            for (; sent < 100; sent++)
            {
                _ = Ask(connection, "ECHO", large);
            }
        });

        Assert.InRange(sent, 4, 20);
    }

    [Fact]
    public async Task Dispose_WithCommandsUnderWay_EndsThemAndTellsNobody()
    {
        var (server, stream) = await ScriptedRedis.OpenAsync();
        using var closing = server;
        var connection = Over(stream);
        var underWay = Ask(connection, "PING");

        connection.Dispose();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => underWay.Within());
        Assert.Null(connection.Send(new ExecuteRequest("PING", [])));
        Assert.Equal(0, _ends);
    }

    private static Task<RedisReply> Ask(PipelineConnection connection, string command, params object[] arguments) =>
        connection.Send(new ExecuteRequest(command, arguments))!;

    private async Task AllUnavailableAsync(PipelineConnection connection, List<Task<RedisReply>> waiting)
    {
        foreach (var each in waiting)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => each.Within());
        }

        Assert.False(connection.IsOpen);
        Assert.Null(connection.Send(new ExecuteRequest("PING", [])));
        await Eventually.TrueAsync(() => Volatile.Read(ref _ends) == 1);
    }

    private async Task<RespStream> OpenAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline.Default);
        return await RespStream.OpenAsync(
            new IPEndPoint(IPAddress.Loopback, redis.Server.Port), new ConfigurationOptions { ClientName = "test" }, deadline.Token);
    }

    private PipelineConnection Over(RespStream stream) => new(stream, Limit, _clock, () => Interlocked.Increment(ref _ends));

    private void Pass(int slices)
    {
        for (var passed = 0; passed < slices; passed++)
        {
            _clock.Advance(Limit / 8);
        }
    }
}
