using System.Globalization;
using System.Text.RegularExpressions;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Tests.Routing;
using CoPilot.Contracts.Chat;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Supervision;

/// <summary>Which nodes are told that somebody else changed a site.</summary>
public sealed partial class RedisSiteWatchTests(RedisRouting redis) : IClassFixture<RedisRouting>, IAsyncLifetime
{
    private const string Shop = RoutingSites.Shop;

    private readonly ManualTimeProvider _clock = new();
    private RedisRoutingNode _other = null!;
    private int _customers;

    public async ValueTask InitializeAsync()
    {
        await redis.Node.Redis.ExecuteAsync("FLUSHALL");
        _other = await RedisRoutingNode.OpenAsync(redis.Server.Configuration, "other");
    }

    public ValueTask DisposeAsync() => _other.DisposeAsync();

    [Fact]
    public async Task NodeThatWatches_IsToldOfOthersChanges_UntilItHasNotLookedForLong()
    {
        var (here, there) = (OpenQueue(redis.Node), OpenQueue(_other));
        Assert.Equal(0, await ToldByChangeAsync(here));

        await there.GetSiteAsync(Shop, [], isWatched: false).Within();
        Assert.Equal(0, await ToldByChangeAsync(here));
        await there.GetSiteAsync(Shop, [], isWatched: true).Within();
        Assert.Equal(1, await ToldByChangeAsync(here));

        // It knows of its own.
        Assert.Equal(0, await ToldByChangeAsync(there));
        _clock.Advance(RoutingRules.SiteWatchLease);
        Assert.Equal(0, await ToldByChangeAsync(here));
    }

    private RedisContactQueue OpenQueue(RedisRoutingNode node) => node.OpenQueue(new RoutingSites(), new RoutingHints(), _clock);

    private async Task<int> ToldByChangeAsync(RedisContactQueue queue)
    {
        await redis.Node.Redis.ExecuteAsync("CONFIG", "RESETSTAT");
        var customer = new CustomerInfo($"customer-{++_customers}", Verified: false);
        Assert.True((await queue.EnqueueAsync(new NewContact("r", Shop, customer, RoutingSites.Orders, "Hello")).Within()).IsAccepted);
        var publish = Published().Match((string)(await redis.Server.CommandAsync("INFO", "commandstats"))!);
        return publish.Success ? int.Parse(publish.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"cmdstat_publish:calls=(\d+)")]
    private static partial Regex Published();
}
