using CoPilot.ChatServer.Redis;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>A lease for each site, which its holder renews. Routing's scripts read there whom to tell that lines may have moved.</summary>
internal sealed class RedisSiteKeeper(RedisConnections redis, NodeBus nodes, ChatKeys names) : ISiteKeeper
{
    private static readonly RedisScript Keep = RedisScript.Load(typeof(RedisSiteKeeper).Assembly, "site_keep");
    private static readonly RedisScript GiveUp = RedisScript.Load(typeof(RedisSiteKeeper).Assembly, "site_give_up");

    public async Task<bool> KeepAsync(string siteId, CancellationToken cancellationToken = default) =>
        (bool)await redis.EvaluateAsync(
            Keep, [names.SiteKeeper(siteId)], [nodes.NodeId, (long)ISiteKeeper.ReplacedAfter.TotalMilliseconds]);

    public Task GiveUpAsync(string siteId, CancellationToken cancellationToken = default) =>
        redis.EvaluateAsync(GiveUp, [names.SiteKeeper(siteId)], [nodes.NodeId]);
}
