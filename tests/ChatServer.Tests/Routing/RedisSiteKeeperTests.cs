using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Tests.Redis;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class RedisSiteKeeperTests : IAsyncLifetime
{
    private readonly LogWatcher _log = new();
    private RedisServer _redis = null!;
    private RedisConnections _connections = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _connections = PatientRedis.Connect(_redis.Configuration, "test", _log);
        await _connections.OpenAsync().Within();
    }

    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        await _redis.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Keep_BySeveralNodes_IsTheFirstOnes()
    {
        var (first, second) = (Node("first"), Node("second"));

        Assert.True(await first.KeepAsync("shop").Within());
        Assert.False(await second.KeepAsync("shop").Within());
        Assert.True(await first.KeepAsync("shop").Within());
        Assert.True(await second.KeepAsync("other").Within());
    }

    [Fact]
    public async Task GiveUp_ByTheKeeper_LeavesItToTheNext()
    {
        var (first, second) = (Node("first"), Node("second"));
        Assert.True(await first.KeepAsync("shop").Within());

        await second.GiveUpAsync("shop").Within();
        Assert.False(await second.KeepAsync("shop").Within());
        await first.GiveUpAsync("shop").Within();

        Assert.True(await second.KeepAsync("shop").Within());
    }

    [Fact]
    public async Task Keep_BySomebodyWhoAsksNoMore_EndsInTime()
    {
        Assert.True(await Node("first").KeepAsync("shop").Within());

        var left = (long)(await _redis.CommandAsync("PTTL", "test:{shop}:keeper"))!;

        Assert.InRange(left, 1, (long)ISiteKeeper.ReplacedAfter.TotalMilliseconds);
    }

    private RedisSiteKeeper Node(string name) => new(
        _connections, new NodeBus(_connections, name, TimeProvider.System, _log.For<NodeBus>()), new ChatKeys("test"));
}
