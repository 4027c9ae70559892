using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Specifications.Routing;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class RedisLineTests(RedisRouting redis) : LineSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisOfferTests(RedisRouting redis) : OfferSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisPresenceTests(RedisRouting redis) : PresenceSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisTransferTests(RedisRouting redis) : TransferSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisEffectTests(RedisRouting redis) : EffectSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisCallbackTests(RedisRouting redis) : CallbackSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisSlotTests(RedisRouting redis) : SlotSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisSwitchTests(RedisRouting redis) : SwitchSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisStrategyTests(RedisRouting redis) : StrategySpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisCallTests(RedisRouting redis) : CallSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisPriorityTests(RedisRouting redis) : PrioritySpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisClosureTests(RedisRouting redis) : ClosureSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisSupervisionTests(RedisRouting redis) : SupervisionSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisMissedOfferTests(RedisRouting redis) : MissedOfferSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisOverflowTests(RedisRouting redis) : OverflowSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisPreferredAgentTests(RedisRouting redis) : PreferredAgentSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisAnswerTests(RedisRouting redis) : AnswerSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

public sealed class RedisSiteTests(RedisRouting redis) : SiteSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}
