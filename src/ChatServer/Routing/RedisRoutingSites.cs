using System.Collections.Frozen;
using System.Text;
using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Sites;
using CoPilot.Realtime.Nodes;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>What a site's scripts are given each time, made once.</summary>
/// <param name="Layout">Where it is kept how the others are.</param>
/// <param name="Frame">What the node that keeps the site's lines is told after a change.</param>
internal sealed record RedisRoutingSite(
    Site Site, RedisKey[] Keys, RedisKey Layout, RedisKey Outbox, RedisSiteRules Rules, RedisValue NodeId, RedisValue ChannelPrefix, RedisValue Frame);

/// <summary>The configured sites in the form that scripts take. Thread-safe.</summary>
internal sealed class RedisRoutingSites
{
    private readonly FrozenDictionary<string, RedisRoutingSite> _sites;

    public RedisRoutingSites(ISiteCatalog catalog, ChatKeys keys, NodeBus nodes) =>
        _sites = catalog.All.ToFrozenDictionary(
            site => site.Id,
            site => new RedisRoutingSite(
                site,
                keys.Routing(site.Id),
                keys.RoutingLayout(site.Id),
                keys.RoutingOutbox(site.Id),
                new RedisSiteRules(site),
                nodes.NodeId,
                nodes.ChannelPrefix,
                NodeFrame.Make(NodeMessages.RoutingChanged, Encoding.UTF8.GetBytes(site.Id))),
            StringComparer.Ordinal);

    public RedisRoutingSite? Find(string siteId) => _sites.GetValueOrDefault(siteId);
}
