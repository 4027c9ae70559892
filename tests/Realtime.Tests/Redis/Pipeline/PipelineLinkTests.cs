using CoPilot.Realtime.Redis;
using CoPilot.Realtime.Redis.Pipeline;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Redis.Pipeline;

public sealed class PipelineLinkTests
{
    [Fact]
    public async Task Commands_ServerThatStandsAlone_GoOverItByNamePasswordAndDatabase()
    {
        await using var server = await RedisServer.StartWithPasswordAsync("not told");
        await using var it = await RedisFixture.OpenAsync(server.Configuration + ",defaultDatabase=3,name=shop");

        await it.SetAsync("key", "value");
        Assert.Equal("value", await it.EchoAsync("key", "value"));

        Assert.NotNull(it.Redis.Generation!.Pipeline);
        Assert.Contains(" db=3 ", await ClientAsync(server, "shop-pipeline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listener_Killed_IsOpenedAnewAndHearsAgain()
    {
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        var heard = await it.HearAsync("channel");
        var first = Assert.IsType<PipelineListener>(it.Redis.Generation!.Source);

        await server.KillClientsAsync("pubsub");

        await Eventually.TrueAsync(() => it.Redis.Generation?.Source is PipelineListener listener && listener != first);
        await RedisFixture.HeardAgainAsync(server, "channel", heard);
    }

    [Fact]
    public async Task Listener_ThatMayNotSubscribe_SaysSo()
    {
        await using var server = await RedisServer.StartAsync();
        await server.CommandAsync("ACL", "SETUSER", "default", "resetchannels");
        await using var it = await RedisFixture.OpenAsync(server.Configuration);

        await Assert.ThrowsAsync<RedisErrorException>(() => it.HearAsync("channel"));
    }

    [Fact]
    public async Task Commands_ClusterOrSeveralAddresses_GoThroughTheLibrary()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var ofOneMember = await RedisFixture.OpenAsync(cluster.Members[0].Configuration);
        await using var server = await RedisServer.StartAsync();
        await using var twice = await RedisFixture.OpenAsync($"{server.Configuration},localhost:{server.Port}");

        Assert.Equal("value", await ofOneMember.EchoAsync("key", "value"));
        Assert.Equal("value", await twice.EchoAsync("key", "value"));

        Assert.Null(ofOneMember.Redis.Generation!.Pipeline);
        Assert.Null(twice.Redis.Generation!.Pipeline);
    }

    [Fact]
    public async Task Commands_BehindSentinels_GoOverItToThePrimaryAlsoAfterAFailover()
    {
        await using var sentinels = await RedisSentinels.StartAsync();
        await using var it = await RedisFixture.OpenAsync(sentinels.Configuration);
        it.Log.Expect("is out of reach");
        Assert.NotNull(it.Redis.Generation!.Pipeline);
        await sentinels.CaughtUpAsync();

        var primary = await sentinels.FailOverAsync();
        await it.WorksAgainAsync();

        await Eventually.TrueAsync(() => it.Redis.Generation?.Pipeline is not null);
        await it.SetAsync("key", "new");
        Assert.Equal("new", await primary.CommandAsync("GET", "key"));
    }

    [Fact]
    public async Task Commands_ItAloneBreaks_GoOnAndItComesBack()
    {
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        var interruptions = 0;
        it.Redis.SubscriptionsInterrupted += () => Interlocked.Increment(ref interruptions);
        var first = it.Redis.Generation!.Pipeline;

        var id = (await ClientAsync(server, "copilot-pipeline")).Split(' ')[0]["id=".Length..];
        await server.CommandAsync("CLIENT", "KILL", "ID", id);
        await Eventually.TrueAsync(() => !first!.IsOpen);

        // At once, through the library until it is back.
        Assert.Equal("value", await it.EchoAsync("key", "value"));
        await Eventually.TrueAsync(() => it.Redis.Generation!.Pipeline is not null);
        Assert.Equal("again", await it.EchoAsync("key", "again"));
        Assert.Equal(0, Volatile.Read(ref interruptions));
    }

    [Fact]
    public async Task Commands_ItAloneIsSilent_WorkAgainOnAnother()
    {
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration, TimeSpan.FromSeconds(1));
        it.Log.Expect("is out of reach");
        var first = it.Redis.Generation!.Pipeline;

        // From here on Redis answers everybody but this connection.
        await RedisFixture.UnavailableAsync(() => it.Redis.ExecuteAsync("CLIENT", "REPLY", "OFF"));

        await it.WorksAgainAsync();
        await Eventually.TrueAsync(() => it.Redis.Generation?.Pipeline is { } pipeline && pipeline != first);
    }

    private static async Task<string> ClientAsync(RedisServer server, string name)
    {
        var clients = (string)(await server.CommandAsync("CLIENT", "LIST"))!;
        return Assert.Single(clients.Split('\n'), client => client.Contains($" name={name} ", StringComparison.Ordinal));
    }
}
