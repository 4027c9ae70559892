using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

/// <summary>Two nodes on Redis, whatever its shape.</summary>
public abstract class RedisNodes : WireNodes
{
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await DisposeRedisAsync();
    }

    protected override async Task<IReadOnlyList<ServerProcess>> StartAsync(string[] settings)
    {
        var configuration = await StartRedisAsync();
        return await Task.WhenAll(
            new[] { "first", "second" }.Select(name => ServerProcess.StartAsync(
                new ServerSetup([ServerSetup.Redis(configuration), $"--NodeName={name}", .. settings]) { Environment = Environment })));
    }

    /// <summary>Of both nodes, once Redis is there.</summary>
    protected virtual IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>();

    /// <summary>Answers what <c>ConnectionStrings:Redis</c> is to be.</summary>
    protected abstract Task<string> StartRedisAsync();

    protected abstract ValueTask DisposeRedisAsync();
}

/// <summary>Two nodes on one Redis.</summary>
public sealed class TwoNodes : RedisNodes
{
    public RedisServer Redis { get; private set; } = null!;

    protected override async Task<string> StartRedisAsync() => (Redis = await RedisServer.StartDurableAsync()).Configuration;

    protected override ValueTask DisposeRedisAsync() => Redis.DisposeAsync();
}

/// <summary>Two nodes on one Redis that speaks TLS only. Its certificate is nobody's but the test's, and of all that the nodes trust the only one.</summary>
public sealed class TwoNodesOverTls : RedisNodes
{
    public RedisServer Redis { get; private set; } = null!;

    /// <summary>As an operator makes .NET trust an authority of their own.</summary>
    protected override IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["SSL_CERT_FILE"] = Redis.CertificateFile! };

    protected override async Task<string> StartRedisAsync() => (Redis = await RedisServer.StartTlsAsync([.. RedisServer.Durable])).Configuration;

    protected override ValueTask DisposeRedisAsync() => Redis.DisposeAsync();
}

/// <summary>Two nodes on a cluster of three primaries.</summary>
public sealed class TwoNodesOnCluster : RedisNodes
{
    public RedisCluster Redis { get; private set; } = null!;

    protected override async Task<string> StartRedisAsync() => (Redis = await RedisCluster.StartAsync([.. RedisServer.Durable])).Configuration;

    protected override ValueTask DisposeRedisAsync() => Redis.DisposeAsync();
}

/// <summary>Two nodes on a primary with a replica that three Sentinels promote when it dies.</summary>
public sealed class TwoNodesBehindSentinels : RedisNodes
{
    public RedisSentinels Redis { get; private set; } = null!;

    protected override async Task<string> StartRedisAsync() => (Redis = await RedisSentinels.StartAsync([.. RedisServer.Durable])).Configuration;

    protected override ValueTask DisposeRedisAsync() => Redis.DisposeAsync();
}
