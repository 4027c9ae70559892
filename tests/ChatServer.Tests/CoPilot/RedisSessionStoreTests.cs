using CoPilot.ChatServer.Tests.Redis;
using CoPilot.CoBrowse.Redis;
using CoPilot.CoBrowse.Sessions;
using CoPilot.CoBrowse.Throttling;
using CoPilot.Realtime.Redis;
using CoPilot.Specifications.CoBrowse;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.CoPilot;

public sealed class RedisSessionStoreTests(RedisSessions redis) : SessionStoreSpecification, IClassFixture<RedisSessions>
{
    protected override Task<ISessionStore> CreateStoreAsync() => redis.OpenAsync(Clock);

    protected override ValueTask ReleaseStoreAsync() => ValueTask.CompletedTask;
}

public sealed class RedisSessionUseTests(RedisSessions redis) : SessionUseSpecification, IClassFixture<RedisSessions>
{
    protected override Task<ISessionStore> CreateStoreAsync() => redis.OpenAsync(Clock);

    protected override ValueTask ReleaseStoreAsync() => ValueTask.CompletedTask;
}

public sealed class RedisRedeemThrottleTests(RedisSessions redis) : RedeemThrottleSpecification, IClassFixture<RedisSessions>
{
    protected override async Task<IRedeemThrottle> CreateThrottleAsync()
    {
        await redis.OpenAsync(Clock);
        return new RedisRedeemThrottle(redis.Connections, redis.Keys, Limits, Clock);
    }

    protected override ValueTask ReleaseThrottleAsync() => ValueTask.CompletedTask;
}

/// <summary>A Redis for the tests of one class, which follow each other; whoever opens a store finds it empty.</summary>
public sealed class RedisSessions : IAsyncLifetime
{
    private const string KeyPrefix = "test";

    private readonly LogWatcher _log = new();
    private RedisServer? _server;

    internal RedisConnections Connections { get; private set; } = null!;

    internal CoBrowseKeys Keys { get; } = new(KeyPrefix);

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        Connections = PatientRedis.Connect(_server.Configuration, KeyPrefix, _log);
        await Connections.OpenAsync().Within();
    }

    public async ValueTask DisposeAsync()
    {
        await Connections.DisposeAsync();
        await _server!.DisposeAsync();
        _log.Dispose();
    }

    internal async Task<ISessionStore> OpenAsync(TimeProvider clock)
    {
        await Connections.ExecuteAsync("FLUSHALL");
        return new RedisSessionStore(Connections, Keys, clock);
    }
}
