using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Specifications.Routing;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>Half of the histories: the halves run side by side.</summary>
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

/// <summary>The other half.</summary>
public sealed class MoreRoutingHistoryTests(RedisRouting redis) : RoutingHistorySpecification, IClassFixture<RedisRouting>
{
    protected override Task<IReadOnlyList<ContactQueueEngine>> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RoutingHistoryTests.OpenBothAsync(redis.Node, sites, clock, feed);
}
