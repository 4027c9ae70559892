using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Tests.Redis;
using CoPilot.Realtime.Redis;
using CoPilot.Specifications.Callbacks;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Callbacks;

public sealed class OwnCallbackThrottleTests : CallbackThrottleSpecification
{
    protected override Task<ICallbackThrottle> CreateThrottleAsync() => Task.FromResult<ICallbackThrottle>(new OwnCallbackThrottle(Limits, Clock));

    protected override ValueTask ReleaseThrottleAsync() => ValueTask.CompletedTask;
}

public sealed class RedisCallbackThrottleTests : CallbackThrottleSpecification
{
    private readonly LogWatcher _log = new();
    private RedisServer? _server;
    private RedisConnections? _connections;

    [Fact]
    public async Task Take_LetThrough_IsForgottenWhenItCountsNoMore()
    {
        var throttle = new RedisCallbackThrottle(_connections!, new ChatKeys("test"), Limits);
        Assert.Null(await throttle.TakeAsync(new CallbackRequester("shop", "c1", "n1", "a1")).Within());

        await AssertEndsWithinAsync("test:{shop}:asked:customer:c1", Limits.Customer.Interval);
        await AssertEndsWithinAsync("test:{shop}:asked:number:n1", Limits.Number.Interval);
        await AssertEndsWithinAsync("test:{shop}:asked:address:a1", Limits.Address.Interval);
    }

    protected override async Task<ICallbackThrottle> CreateThrottleAsync()
    {
        _server = await RedisServer.StartAsync();
        _connections = PatientRedis.Connect(_server.Configuration, "test", _log);
        await _connections.OpenAsync().Within();
        return new RedisCallbackThrottle(_connections, new ChatKeys("test"), Limits, Clock);
    }

    protected override async ValueTask ReleaseThrottleAsync()
    {
        await _connections!.DisposeAsync();
        await _server!.DisposeAsync();
        _log.Dispose();
    }

    private async Task AssertEndsWithinAsync(string key, TimeSpan life) =>
        Assert.InRange((long)(await _server!.CommandAsync("PTTL", key))!, 1, (long)life.TotalMilliseconds);
}
