using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Realtime.Redis;
using CoPilot.Realtime.Sqlite;
using CoPilot.Specifications.Routing;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class SqliteInvariantTests : InvariantSpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);

    protected override Task BreakAsync(string invariant, string agentId, string contactId) =>
        ((SqliteContactQueueEngine)Engine).Database.WriteAsync(session => invariant switch
        {
            RoutingInvariants.Owner => session.Execute("UPDATE routing_offer SET agent_id = $1 WHERE contact_id = $2", agentId, contactId),
            RoutingInvariants.Match => session.Execute("UPDATE routing_agent SET status = 'available' WHERE agent_id = $1", agentId),
            RoutingInvariants.Load => session.Execute("UPDATE routing_agent SET load = load + 1 WHERE agent_id = $1", agentId),
            RoutingInvariants.Line => TakeThePlace(session, contactId),
            _ => session.Execute("UPDATE routing_contact SET kind = 'letter' WHERE contact_id = $1", contactId),
        });

    /// <summary>What the schema forbids to whoever has not told it not to look.</summary>
    private static int TakeThePlace(SqliteSession session, string contactId)
    {
        session.Execute("PRAGMA ignore_check_constraints = ON");
        var changed = session.Execute("UPDATE routing_contact SET place = NULL WHERE contact_id = $1", contactId);
        session.Execute("PRAGMA ignore_check_constraints = OFF");
        return changed;
    }
}

public sealed class RedisInvariantTests(RedisRouting redis) : InvariantSpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);

    protected override Task BreakAsync(string invariant, string agentId, string contactId)
    {
        var keys = new ChatKeys(RedisRoutingNode.KeyPrefix).Routing(Shop);
        string Key(string name) => keys.Select(key => (string)key!).Single(key => key.EndsWith($":{name}", StringComparison.Ordinal));
        return invariant switch
        {
            RoutingInvariants.Owner or RoutingInvariants.Load => RunAsync("ZADD", Key("served:") + agentId, 1, contactId),
            RoutingInvariants.Match => RunAsync("HSET", Key("agent:") + agentId, "status", "available"),
            RoutingInvariants.Line => RunAsync("ZREM", Key("line:") + Orders, contactId),
            _ => RunAsync("ZREM", Key("waiting:") + $"{Orders}:chat", contactId),
        };
    }

    private Task<RedisReply> RunAsync(string command, params object[] arguments) => redis.Node.Redis.ExecuteAsync(command, arguments);
}
