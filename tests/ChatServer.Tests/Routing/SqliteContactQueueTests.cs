using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Specifications.Routing;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class SqliteLineTests : LineSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteOfferTests : OfferSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqlitePresenceTests : PresenceSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteTransferTests : TransferSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteEffectTests : EffectSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteCallbackTests : CallbackSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteSlotTests : SlotSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteSwitchTests : SwitchSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteStrategyTests : StrategySpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteCallTests : CallSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqlitePriorityTests : PrioritySpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteClosureTests : ClosureSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteSupervisionTests : SupervisionSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteMissedOfferTests : MissedOfferSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteOverflowTests : OverflowSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqlitePreferredAgentTests : PreferredAgentSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteAnswerTests : AnswerSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class SqliteSiteTests : SiteSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}
