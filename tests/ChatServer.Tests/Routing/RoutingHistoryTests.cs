using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Specifications.Routing;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>A quarter of the histories: the quarters run side by side, because each waits for its engines most of the time.</summary>
public sealed class RoutingHistoryTests(RedisRouting redis) : RoutingHistorySpecification, IClassFixture<RedisRouting>
{
    protected override Task<IReadOnlyList<ContactQueueEngine>> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        OpenBothAsync(redis.Node, sites, clock, feed);

    internal static async Task<IReadOnlyList<ContactQueueEngine>> OpenBothAsync(
        RedisRoutingNode node, ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
    [
        await SqliteContactQueueEngine.OpenAsync(sites, clock, feed),
        await RedisContactQueueEngine.OpenAsync(node, sites, clock, feed),
    ];
}

/// <summary>The second quarter.</summary>
public sealed class SecondRoutingHistoryTests(RedisRouting redis) : RoutingHistorySpecification, IClassFixture<RedisRouting>
{
    protected override Task<IReadOnlyList<ContactQueueEngine>> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RoutingHistoryTests.OpenBothAsync(redis.Node, sites, clock, feed);
}

/// <summary>The third quarter.</summary>
public sealed class ThirdRoutingHistoryTests(RedisRouting redis) : RoutingHistorySpecification, IClassFixture<RedisRouting>
{
    protected override Task<IReadOnlyList<ContactQueueEngine>> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RoutingHistoryTests.OpenBothAsync(redis.Node, sites, clock, feed);
}

/// <summary>The last quarter.</summary>
public sealed class LastRoutingHistoryTests(RedisRouting redis) : RoutingHistorySpecification, IClassFixture<RedisRouting>
{
    protected override Task<IReadOnlyList<ContactQueueEngine>> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RoutingHistoryTests.OpenBothAsync(redis.Node, sites, clock, feed);
}
