using System.Collections.Concurrent;
using CoPilot.Realtime.Redis;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Redis;

public sealed class RedisMetricsTests
{
    [Fact]
    public async Task Measures_CommandsFailuresAndReconnects_AreCounted()
    {
        using var meters = new TestMeters();
        await using var server = await RedisServer.StartAsync();
        var durations = new ConcurrentBag<double>();
        long failures = 0;
        long reconnects = 0;
        var metrics = new RedisMetrics(meters);
        using var hearDurations = meters.Listen<double>("copilot.redis.command.duration", durations.Add);
        using var hearFailures = meters.Listen<long>("copilot.redis.failures", count => Interlocked.Add(ref failures, count));
        using var hearReconnects = meters.Listen<long>("copilot.redis.reconnects", count => Interlocked.Add(ref reconnects, count));
        await using var it = await RedisFixture.OpenAsync(server.Configuration, metrics: metrics);
        it.Log.Expect("is out of reach");

        await it.EchoAsync("key", "value");
        await it.GetAsync("key");
        Assert.Equal(2, durations.Count);
        Assert.DoesNotContain(durations, duration => duration is <= 0 or > 30);
        Assert.Equal(0, Interlocked.Read(ref failures));

        await server.KillHardAsync();
        await Eventually.TrueAsync(() => !it.Redis.IsConnected);
        await RedisFixture.UnavailableAsync(() => it.GetAsync("key"));
        Assert.Equal(1, Interlocked.Read(ref failures));

        await server.StartAgainAsync();
        await it.WorksAgainAsync();
        await Eventually.TrueAsync(() => Interlocked.Read(ref reconnects) > 0);
    }
}
