using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CoPilot.Realtime.Redis;
using CoPilot.TestKit;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Tests.Redis;

public sealed class RedisConnectionsTests
{
    [Fact]
    public async Task Evaluate_AfterScriptFlush_RunsAndIsKnownAgain()
    {
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        Assert.Equal("one", await it.EchoAsync("key", "one"));

        await server.CommandAsync("SCRIPT", "FLUSH");

        Assert.Equal("two", await it.EchoAsync("key", "two"));
        var known = (object?[])(await server.CommandAsync("SCRIPT", "EXISTS", Convert.ToHexStringLower(RedisFixture.Echo.Hash)))!;
        Assert.Equal(1L, known[0]);
    }

    [Fact]
    public async Task Execute_ContinuationsBlock_OthersAreAnsweredStill()
    {
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        using var released = new ManualResetEventSlim();
        var entered = new ConcurrentBag<bool>();

        async Task BlockAfterAnswerAsync()
        {
            await it.Redis.ExecuteAsync("PING");
            entered.Add(Thread.CurrentThread.IsThreadPoolThread);
            Assert.True(released.Wait(Deadline.Default));
        }

        // One after the other: of two who are answered together the second goes on after the first. An answer may be there before anybody waits for it, and then it is the
        // caller itself that goes on.
        var blocked = new List<Task>();
        while (blocked.Count < 2)
        {
            blocked.Add(Task.Run(BlockAfterAnswerAsync));
            await Eventually.TrueAsync(() => entered.Count == blocked.Count);
        }

        // Each answer of these needs the threads that the blocked ones would hold if they ran on the library's.
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("PONG", (string?)await it.Redis.ExecuteAsync("PING").Within());
        }

        Assert.DoesNotContain(blocked, task => task.IsCompleted);
        Assert.DoesNotContain(false, entered);
        released.Set();
        await Task.WhenAll(blocked).Within();
    }

    [Fact]
    public async Task Subscribe_ManyMessagesOfOnePublisher_ArriveInOrderOneAtATime()
    {
        const int Count = 50_000;
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        var next = 0;
        var inside = 0;
        var disorder = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await it.Redis.SubscribeAsync("many", (message, _) =>
        {
            disorder += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
            disorder += int.Parse(message, CultureInfo.InvariantCulture) == next ? 0 : 1;
            Interlocked.Decrement(ref inside);
            if (++next == Count)
            {
                done.SetResult();
            }
        }).Within();

        await server.CommandAsync("EVAL", "for i = 0, tonumber(ARGV[1]) - 1 do redis.call('PUBLISH', KEYS[1], i) end", "1", "many", "25000");
        await server.CommandAsync("EVAL", "for i = 25000, tonumber(ARGV[1]) - 1 do redis.call('PUBLISH', KEYS[1], i) end", "1", "many", "50000");

        await done.Task.Within();
        Assert.Equal(0, disorder);
    }

    [Fact]
    public async Task Subscribe_RightAfterTheStart_HearsAllThatIsPublished()
    {
        // The library may tell of a first connection late, which must not have subscriptions made anew. It does so rarely: hence many.
        await using var server = await RedisServer.StartAsync();
        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => RedisFixture.OpenAsync(server.Configuration)));
        var heard = await Task.WhenAll(all.Select(it => it.HearAsync("channel")));

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal((long)all.Length, await server.CommandAsync("PUBLISH", "channel", i.ToString(CultureInfo.InvariantCulture)));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        foreach (var reader in heard)
        {
            for (var i = 0; i < 50; i++)
            {
                Assert.Equal(i, int.Parse(await reader.ReadAsync().AsTask().Within(), CultureInfo.InvariantCulture));
            }
        }

        foreach (var it in all)
        {
            await it.DisposeAsync();
        }
    }

    [Fact]
    public async Task Commands_RedisNotThereAtStart_FailAtOnceAndWorkWhenItComes()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillHardAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        it.Log.Expect("is out of reach");

        Assert.False(it.Redis.IsConnected);
        await RedisFixture.UnavailableAsync(() => it.GetAsync("key"));
        await RedisFixture.UnavailableAsync(() => it.EchoAsync("key", "value"));
        await RedisFixture.UnavailableAsync(() => it.HearAsync("channel"));

        await server.StartAgainAsync();
        await it.WorksAgainAsync();
        Assert.True(it.Redis.IsConnected);
        await RedisFixture.HeardAgainAsync(server, "channel", await SubscribedAsync(it, "channel"));
    }

    [Fact]
    public async Task Commands_RedisKilledAndRestarted_FailAtOnceAndComeBackWithSubscriptions()
    {
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        it.Log.Expect("is out of reach");
        var heard = await it.HearAsync("channel");
        await it.EchoAsync("key", "value");

        await server.KillHardAsync();
        await Eventually.TrueAsync(() => !it.Redis.IsConnected);
        for (var i = 0; i < 50; i++)
        {
            await RedisFixture.UnavailableAsync(() => it.GetAsync("key"));
        }

        await Eventually.TrueAsync(() => it.Log.Lines.Any(line => line.Level == LogLevel.Warning));
        await server.StartAgainAsync();
        await it.WorksAgainAsync();
        Assert.Equal("again", await it.EchoAsync("key", "again"));
        await RedisFixture.HeardAgainAsync(server, "channel", heard);
        await Eventually.TrueAsync(() => it.Log.Lines.Any(line => line.Text.EndsWith(" is back.", StringComparison.Ordinal)));

        Assert.Single(it.Log.Lines, line => line.Level == LogLevel.Warning);
        Assert.Single(it.Log.Lines, line => line.Text.EndsWith(" is back.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pubsub")]
    [InlineData("normal")]
    public async Task Subscriptions_ConnectionsKilled_ComeBackAndInterruptionIsTold(string type)
    {
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        it.Log.Expect("is out of reach");
        var heard = await it.HearAsync("channel");
        await RedisFixture.HeardAgainAsync(server, "channel", heard);
        var interruptions = 0;
        it.Redis.SubscriptionsInterrupted += () => Interlocked.Increment(ref interruptions);

        Assert.NotEqual(0, await server.KillClientsAsync(type));

        if (type == "pubsub")
        {
            await Eventually.TrueAsync(() => Volatile.Read(ref interruptions) > 0);
        }

        await it.WorksAgainAsync();
        await RedisFixture.HeardAgainAsync(server, "channel", heard);
    }

    [Fact]
    public async Task Commands_RedisFrozen_EndByTheirLimitThenAtOnceAndWorkAfterTheThaw()
    {
        var limit = TimeSpan.FromSeconds(1);
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration, limit);
        it.Log.Expect("is out of reach");
        var heard = await it.HearAsync("channel");

        server.Freeze();
        var start = Stopwatch.GetTimestamp();
        await RedisFixture.UnavailableAsync(() => it.GetAsync("key"), limit + RedisFixture.AtOnce);
        Assert.InRange(Stopwatch.GetElapsedTime(start), limit * 0.8, limit + RedisFixture.AtOnce);
        await Eventually.TrueAsync(() => !it.Redis.IsConnected);
        Assert.Null((await RedisFixture.UnavailableAsync(() => it.GetAsync("key"))).InnerException);

        server.Thaw();
        await it.WorksAgainAsync();
        await RedisFixture.HeardAgainAsync(server, "channel", heard);
    }

    [Fact]
    public async Task Dispose_RedisFrozenWithCommandsUnderWay_EndsThem()
    {
        await using var server = await RedisServer.StartAsync();
        var it = await RedisFixture.OpenAsync(server.Configuration, TimeSpan.FromSeconds(3));
        server.Freeze();
        var underWay = it.GetAsync("key");

        await it.DisposeAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => underWay);
        server.Thaw();
    }

    [Fact]
    public async Task Dispose_NeverOpened_DoesNothing()
    {
        using var log = new LogWatcher();
        await using var redis = new RedisConnections(new RedisSettings("127.0.0.1:1", "test"), TimeProvider.System, log.For<RedisConnections>());

        Assert.False(redis.IsConnected);
        await RedisFixture.UnavailableAsync(() => redis.ExecuteAsync("PING"));
    }

    [Fact]
    public async Task Commands_NetworkSilent_GetNewConnections()
    {
        await using var server = await RedisServer.StartAsync();
        await using var network = new TcpProxy(server.Port);
        await using var it = await RedisFixture.OpenAsync($"127.0.0.1:{network.Port}", TimeSpan.FromSeconds(1));
        it.Log.Expect("is out of reach");
        var heard = await it.HearAsync("channel");

        // Connections that were open stay silent for ever, as when a firewall forgot them; new ones pass.
        network.Stall();
        await Eventually.TrueAsync(() => !it.Redis.IsConnected);
        network.Cut();
        network.Restore();

        await it.WorksAgainAsync();
        await RedisFixture.HeardAgainAsync(server, "channel", heard);
    }

    [Fact]
    public async Task Unsubscribe_ThenPublish_IsNotHeard()
    {
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        var heard = await it.HearAsync("left");
        var other = await it.HearAsync("other");

        it.Redis.Unsubscribe("left");
        await Eventually.TrueAsync(async () => (long)(await server.CommandAsync("PUBLISH", "left", "x"))! == 0);
        await server.CommandAsync("PUBLISH", "other", "y");

        Assert.Equal("y", await other.ReadAsync().AsTask().Within());
        Assert.False(heard.TryRead(out _));
    }

    /// <summary>What the library knows of a connection when it is first asked is chance: sometimes only that there is none.</summary>
    [Theory]
    [InlineData("wrong")]
    [InlineData(null)]
    public async Task Open_PasswordWrongOrMissing_IsRefusedWithoutTellingIt(string? password)
    {
        await using var server = await RedisServer.StartWithPasswordAsync("the right one");
        var configuration = $"127.0.0.1:{server.Port}{(password is null ? "" : $",password={password}")}";
        using var log = new LogWatcher();
        log.Expect("is out of reach");
        for (var i = 0; i < 20; i++)
        {
            await using var redis = new RedisConnections(new RedisSettings(configuration, "test"), TimeProvider.System, log.For<RedisConnections>());

            var refused = await Assert.ThrowsAsync<RedisRefusedException>(() => redis.OpenAsync().Within());

            Assert.Contains("password", refused.Message, StringComparison.Ordinal);
        }

        Assert.All(log.Lines, line => Assert.DoesNotContain("wrong", line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_CertificateNotTrusted_IsRefusedSayingSo()
    {
        await using var server = await RedisServer.StartTlsAsync();
        using var log = new LogWatcher();
        log.Expect("is out of reach");
        await using var redis = new RedisConnections(new RedisSettings(server.Configuration, "test"), TimeProvider.System, log.For<RedisConnections>());

        var refused = await Assert.ThrowsAsync<RedisRefusedException>(() => redis.OpenAsync().Within());

        Assert.Contains("certificate", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_HostUnknown_IsTriedOnWithoutAnError()
    {
        await using var it = await RedisFixture.OpenAsync("no-such-host.invalid:6379");
        it.Log.Expect("is out of reach");

        await RedisFixture.UnavailableAsync(() => it.GetAsync("key"));
        await Eventually.TrueAsync(() => it.Log.Lines.Any(line => line.Level == LogLevel.Warning));
    }

    [Fact]
    public async Task Log_OpenedLostAndBack_NeverTellsThePassword()
    {
        const string Password = "s3cret-of-the-shop";
        await using var server = await RedisServer.StartWithPasswordAsync(Password);
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        it.Log.Expect("is out of reach");

        await server.KillHardAsync();
        await Eventually.TrueAsync(() => it.Log.Lines.Any(line => line.Level == LogLevel.Warning));
        var failure = await RedisFixture.UnavailableAsync(() => it.GetAsync("key"));
        await server.StartAgainAsync();
        await it.WorksAgainAsync();
        await Eventually.TrueAsync(() => it.Log.Lines.Any(line => line.Text.EndsWith(" is back.", StringComparison.Ordinal)));

        Assert.DoesNotContain(Password, failure.ToString(), StringComparison.Ordinal);
        Assert.All(it.Log.Lines, line => Assert.DoesNotContain(Password, line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Evaluate_ScriptAtFault_IsNoOutage()
    {
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        await server.CommandAsync("LPUSH", "list", "1");

        await Assert.ThrowsAsync<RedisErrorException>(() => it.GetAsync("list"));
        Assert.True(it.Redis.IsConnected);
    }

    private static async Task<System.Threading.Channels.ChannelReader<string>> SubscribedAsync(RedisFixture it, string channel)
    {
        System.Threading.Channels.ChannelReader<string>? heard = null;
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                heard = await it.HearAsync(channel);
                return true;
            }
            catch (StoreUnavailableException)
            {
                return false;
            }
        });
        return heard!;
    }
}
