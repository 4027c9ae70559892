using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Redis;

/// <summary>One Redis for all tests of a class; each takes a prefix of its own.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private static int _lastPrefix;

    private RedisServer? _server;

    internal RedisServer Server => _server!;

    internal static string NewPrefix() => "test" + Interlocked.Increment(ref _lastPrefix);

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _server!.DisposeAsync();
}
