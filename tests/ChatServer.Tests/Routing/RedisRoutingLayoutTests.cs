using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>What a version left in Redis that kept routing in another way.</summary>
public sealed class RedisRoutingLayoutTests(RedisRouting redis) : IClassFixture<RedisRouting>
{
    private const string Shop = RoutingSites.Shop;
    private const string Key = "test:{shop}:";

    /// <summary>The first one counted arrivals, and kept no layout; the second one had members, ids and nodes of conversations in keys of their own.</summary>
    [Theory]
    [InlineData("places", "7")]
    [InlineData("layout", "2")]
    public async Task Step_OnWhatAnotherVersionKept_IsRefusedAndChangesNothing(string key, string value)
    {
        await redis.Server.CommandAsync("FLUSHALL");
        await redis.Server.CommandAsync("SET", Key + key, value);
        var queue = redis.Node.OpenQueue(new RoutingSites(), new RoutingHints(), new ManualTimeProvider());

        var refused = await Assert.ThrowsAsync<RoutingLayoutException>(() => queue.FindAgentAsync(Shop, "anna")).Within();

        Assert.Contains("test:{shop}:layout", refused.Message, StringComparison.Ordinal);
        Assert.Equal([Key + key], await redis.Server.KeysAsync());
    }

    [Fact]
    public async Task Step_OnAnEmptyRedis_WritesItsLayoutOnce_AndTheNextProcessGoesOn()
    {
        await redis.Server.CommandAsync("FLUSHALL");
        await redis.Node.OpenQueue(new RoutingSites(), new RoutingHints()).GetQueuesAsync(Shop).Within();
        Assert.Equal("4", await redis.Server.CommandAsync("GET", Key + "layout"));

        Assert.NotEmpty(await redis.Node.OpenQueue(new RoutingSites(), new RoutingHints()).GetQueuesAsync(Shop).Within());
        Assert.Equal([Key + "layout"], await redis.Server.KeysAsync());
    }

    [Fact]
    public async Task Server_OnWhatTheFirstVersionKept_DoesNotStart_AndSaysWhatToDo()
    {
        await using var old = await RedisServer.StartDurableAsync();
        await old.CommandAsync("SET", "copilot:{shop}:places", "7");

        var refused = await Assert.ThrowsAsync<StartupException>(() => RunningServer.StartAsync(
            settings: [ServerSetup.Redis(old.Configuration), $"--Auth:SigningKey={RunningServer.IdentityKey}"]));

        Assert.Contains("site shop", refused.Message, StringComparison.Ordinal);
        Assert.Contains("docs/operations.md", refused.Message, StringComparison.Ordinal);
    }
}
