using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class SqliteCustomerPresenceTests : CustomerPresenceSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class RedisCustomerPresenceTests(RedisRouting redis) : CustomerPresenceSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);

    [Fact]
    public async Task ConnectedToTwoNodes_IsThereAsLongAsOneOfThemSaysSo()
    {
        await using var node = await RedisRoutingNode.OpenAsync(redis.Server.Configuration, "other");
        var other = node.OpenQueue(new RoutingSites(), this, Clock);
        var contact = await HaveActiveAsync("anna", "cleo");
        await Queue.HoldCustomersAsync(Shop, ["cleo"]).Within();
        await other.HoldCustomersAsync(Shop, ["cleo"]).Within();

        await Queue.ReleaseCustomersAsync(Shop, ["cleo"]).Within();
        await PassAsync(RoutingRules.CustomerLease - TimeSpan.FromSeconds(1));
        Assert.False((await ContactAsync(contact.ContactId)).CustomerAway);
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.True((await ContactAsync(contact.ContactId)).CustomerAway);
    }
}
