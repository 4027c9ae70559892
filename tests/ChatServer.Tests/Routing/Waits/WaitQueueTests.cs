using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Specifications.Routing;

namespace CoPilot.ChatServer.Tests.Routing.Waits;

public sealed class SqliteWaitTests : WaitSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class RedisWaitTests(RedisRouting redis) : WaitSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}
