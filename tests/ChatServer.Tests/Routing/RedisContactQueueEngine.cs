using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.ChatServer.Supervision;
using CoPilot.Realtime.Redis;
using CoPilot.Specifications.Routing;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>The engine on a Redis that is empty at first. Another node takes over at a restart, and every lease of the one before has run out.</summary>
internal sealed class RedisContactQueueEngine : ContactQueueEngine
{
    private readonly RedisRoutingNode _node;
    private readonly ISiteCatalog _sites;
    private readonly TimeProvider _clock;
    private readonly IRoutingFeed _feed;
    private RedisContactQueue _queue;

    private RedisContactQueueEngine(RedisRoutingNode node, ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed)
    {
        (_node, _sites, _clock, _feed) = (node, sites, clock, feed);
        _queue = node.OpenQueue(sites, feed, clock);
    }

    public override IContactQueue Queue => _queue;

    public override ISupervisionActs Acts => new RedisSupervisionActs(_node.Redis, new ChatKeys(RedisRoutingNode.KeyPrefix));

    public override IRoutingInvariants Invariants => _queue;

    public static async Task<ContactQueueEngine> OpenAsync(RedisRoutingNode node, ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed)
    {
        await node.Redis.ExecuteAsync("FLUSHALL");
        return new RedisContactQueueEngine(node, sites, clock, feed);
    }

    public override Task DieAsync()
    {
        _queue = _node.OpenQueue(_sites, _feed, _clock);
        return Task.CompletedTask;
    }

    public override async Task RestartAsync()
    {
        await DieAsync();
        var timers = new ChatKeys(RedisRoutingNode.KeyPrefix).Routing(RoutingSites.Shop)[8];
        var leases = ((RedisReply[])(await _node.Redis.ExecuteAsync("ZRANGE", timers, 0, -1))!)
            .Select(timer => ((string)timer!).Split(' '))
            .Where(parts => parts[0] == "lease");
        await _queue.ReleaseAsync(RoutingSites.Shop, [.. leases.Select(parts => new AgentConnection(parts[1], parts[2]))]);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
