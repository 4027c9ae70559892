using CoPilot.Realtime.Tests.Redis;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.Realtime.Tests.Backplane;

public sealed class RedisLifetimeManagerTests(SharedRedis redis) : LifetimeManagerSpecification, IClassFixture<SharedRedis>
{
    private readonly LogWatcher _log = new();
    private BackplaneNode _node = null!;

    private protected override HubLifetimeManager<TestHub> Manager => _node.Manager;

    public override async ValueTask InitializeAsync() =>
        _node = await BackplaneNode.StartAsync(redis.Server.Configuration, SharedRedis.NewPrefix(), "one", _log);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _node.DisposeAsync();
        _log.Dispose();
    }
}
