using CoPilot.TestKit;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Tests.Redis;

public sealed class RedisSentinelTests
{
    [Fact]
    public async Task Commands_PrimaryKilled_GoOnWithTheNewOneAndSubscriptionsFollow()
    {
        await using var sentinels = await RedisSentinels.StartAsync();
        await using var it = await RedisFixture.OpenAsync(sentinels.Configuration);
        it.Log.Expect("is out of reach");
        var heard = await it.HearAsync("channel");
        await it.SetAsync("key", "kept");
        var old = await sentinels.PrimaryAsync();
        await sentinels.CaughtUpAsync();
        var interruptions = 0;
        it.Redis.SubscriptionsInterrupted += () => Interlocked.Increment(ref interruptions);

        var primary = await sentinels.FailOverAsync();
        await it.WorksAgainAsync();

        Assert.Equal("kept", await it.GetAsync("key"));
        Assert.Equal("known", await it.EchoAsync("key", "known"));
        Assert.Equal("known", await primary.CommandAsync("GET", "key"));
        await RedisFixture.HeardAgainAsync(primary, "channel", heard);
        Assert.NotEqual(0, Volatile.Read(ref interruptions));
        Assert.Contains(it.Log.Lines, line => line.Level == LogLevel.Information && line.Text.Contains("the primary is", StringComparison.Ordinal));

        // The old one comes back as a replica: nobody goes back to it.
        await old.StartAgainAsync();
        await RedisSentinels.DemotedAsync(old);
        await it.SetAsync("key", "newer");
        Assert.Equal("newer", await primary.CommandAsync("GET", "key"));
    }

    [Fact]
    public async Task Commands_PrimaryDemotedWhileConnected_MoveToTheNewOne()
    {
        await using var sentinels = await RedisSentinels.StartAsync();
        await using var it = await RedisFixture.OpenAsync(sentinels.Configuration);
        it.Log.Expect("is out of reach");
        var old = await sentinels.PrimaryAsync();
        await it.SetAsync("key", "old");

        await sentinels.Sentinels[0].CommandAsync("SENTINEL", "FAILOVER", RedisSentinels.ServiceName);
        var primary = await sentinels.PromotedAsync(old);
        await RedisSentinels.DemotedAsync(old);
        await it.WorksAgainAsync();

        await it.SetAsync("key", "new");
        Assert.Equal("new", await primary.CommandAsync("GET", "key"));
    }

    [Fact]
    public async Task Open_SentinelsNotThere_IsTriedOn()
    {
        await using var sentinels = await RedisSentinels.StartAsync();
        foreach (var sentinel in sentinels.Sentinels)
        {
            await sentinel.KillHardAsync();
        }

        await using var it = await RedisFixture.OpenAsync(sentinels.Configuration);
        const string NoPrimary = "no Sentinel names a primary";
        it.Log.Expect(NoPrimary);
        it.Log.Expect("is out of reach");
        await RedisFixture.UnavailableAsync(() => it.GetAsync("key"));
        await sentinels.Sentinels[1].StartAgainAsync();

        await it.WorksAgainAsync();
        Assert.Single(it.Log.Lines, line => line.Text.Contains(NoPrimary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_SentinelsGoAway_GoOn()
    {
        await using var sentinels = await RedisSentinels.StartAsync();
        await using var it = await RedisFixture.OpenAsync(sentinels.Configuration);
        await it.SetAsync("key", "1");

        sentinels.Sentinels[0].Freeze();
        await sentinels.Sentinels[1].KillHardAsync();
        await sentinels.Sentinels[2].KillHardAsync();

        for (var i = 0; i < 20; i++)
        {
            await it.SetAsync("key", "2");
        }

        sentinels.Sentinels[0].Thaw();
    }

    [Fact]
    public async Task Commands_PasswordOfDataOnly_ReachThePrimary()
    {
        await using var sentinels = await RedisSentinels.StartAsync();
        var configuration = sentinels.Configuration + ",password=the-data-only";
        foreach (var server in sentinels.Data)
        {
            await server.CommandAsync("CONFIG", "SET", "masterauth", "the-data-only");
            await server.CommandAsync("CONFIG", "SET", "requirepass", "the-data-only");
        }

        await using var it = await RedisFixture.OpenAsync(configuration);

        await it.SetAsync("key", "1");
        Assert.Equal("1", await it.GetAsync("key"));
    }
}
