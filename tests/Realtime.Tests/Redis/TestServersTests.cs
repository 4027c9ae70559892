using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Redis;

/// <summary>The servers that the other tests lean on are what they say.</summary>
public sealed class TestServersTests
{
    [Fact]
    public async Task Cluster_Started_EveryMemberOwnsItsShareAndRefusesOthers()
    {
        await using var cluster = await RedisCluster.StartAsync();

        foreach (var key in new[] { "a", "b", "c", "{tag}:1", "{tag}:2" })
        {
            var owner = await cluster.OwnerOfAsync(key);
            await owner.CommandAsync("SET", key, "1");
            foreach (var other in cluster.Members.Where(member => member != owner))
            {
                var refused = await Assert.ThrowsAsync<RedisAnsweredErrorException>(() => other.CommandAsync("GET", key));
                Assert.StartsWith("MOVED", refused.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(["a", "b", "c", "{tag}:1", "{tag}:2"], await cluster.KeysAsync());
    }

    [Fact]
    public async Task Sentinels_PrimaryKilled_ReplicaIsPromotedWithItsData()
    {
        await using var sentinels = await RedisSentinels.StartAsync();
        var old = await sentinels.PrimaryAsync();
        await old.CommandAsync("SET", "key", "kept");
        await sentinels.CaughtUpAsync();

        var primary = await sentinels.FailOverAsync();

        Assert.NotSame(old, primary);
        Assert.Equal("kept", await primary.CommandAsync("GET", "key"));
    }

    [Fact]
    public async Task Server_WithPasswordOrTls_AnswersItsOwnConfigurationOnly()
    {
        await using var closed = await RedisServer.StartWithPasswordAsync("not told");
        await using var tls = await RedisServer.StartTlsAsync();

        Assert.Equal("PONG", await closed.CommandAsync("PING"));
        Assert.Equal("PONG", await tls.CommandAsync("PING"));
        Assert.Contains("password=not told", closed.Configuration, StringComparison.Ordinal);
        Assert.Contains("ssl=true", tls.Configuration, StringComparison.Ordinal);
    }
}
