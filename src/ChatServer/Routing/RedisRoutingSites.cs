using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Realtime.Nodes;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>What a site's scripts are given each time, made once. Immutable.</summary>
/// <param name="Rules">The times that scripts go by, as <c>routing_lib_site.lua</c> reads them: nodes share nothing, so each step brings them.</param>
/// <param name="Frame">What the node that keeps the site's lines is told after a change.</param>
internal sealed record RedisRoutingSite(
    Site Site, RedisKey[] Keys, RedisKey Outbox, RedisValue Rules, RedisValue NodeId, RedisValue ChannelPrefix, RedisValue Frame);

/// <summary>The configured sites in the form that scripts take. Immutable.</summary>
internal sealed class RedisRoutingSites
{
    private readonly FrozenDictionary<string, RedisRoutingSite> _sites;

    public RedisRoutingSites(ISiteCatalog catalog, ChatKeys keys, NodeBus nodes) =>
        _sites = catalog.All.ToFrozenDictionary(
            site => site.Id,
            site => new RedisRoutingSite(
                site,
                keys.Routing(site.Id),
                keys.RoutingOutbox(site.Id),
                RulesOf(site),
                nodes.NodeId,
                nodes.ChannelPrefix,
                NodeFrame.Make(NodeMessages.RoutingChanged, Encoding.UTF8.GetBytes(site.Id))),
            StringComparer.Ordinal);

    public RedisRoutingSite? Find(string siteId) => _sites.GetValueOrDefault(siteId);

    private static string RulesOf(Site site)
    {
        var rules = new RedisRoutingRules(
            Milliseconds(RoutingRules.PresenceLease),
            Milliseconds(RoutingRules.PassedOverFor),
            Milliseconds(Limits.RequestMemory),
            site.Queues.ToDictionary(queue => queue.Name, TimesOf, StringComparer.Ordinal),
            TimesOf(QueueSettings.Removed("")));
        return JsonSerializer.Serialize(rules, RoutingJson.Default.RedisRoutingRules);
    }

    private static long[] TimesOf(QueueSettings queue) => [Milliseconds(queue.AcceptTimeout), Milliseconds(queue.AgentGrace)];

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}

/// <param name="Queues">Accept timeout and grace of each.</param>
/// <param name="Removed">The same for a queue that is no longer configured.</param>
internal sealed record RedisRoutingRules(
    long Lease,
    [property: System.Text.Json.Serialization.JsonPropertyName("passed_over")] long PassedOver,
    long Memory,
    IReadOnlyDictionary<string, long[]> Queues,
    long[] Removed);
