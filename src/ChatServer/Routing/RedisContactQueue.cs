using System.Globalization;
using System.Security.Cryptography;
using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Sites;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Outcomes;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// <see cref="IContactQueue"/> on Redis, for any number of nodes: a step is one script in the site's slot, so steps follow each other whichever node
/// they come from, at Redis' own moment. Nothing is kept here; <c>Lua/</c> holds the rules. Leases of a dead node's agents run out by themselves.
/// <para>Lines and agents are read in parts, so that many do not hold up Redis; a part is one moment's truth, the whole is not.</para>
/// </summary>
internal sealed partial class RedisContactQueue : IContactQueue
{
    /// <summary>So many places or customers are dealt with in one script: a few milliseconds of Redis' time.</summary>
    private const int AtOnce = 200;

    /// <summary>The same of agents' connections, whose leases take about 0.1 ms each.</summary>
    private const int ConnectionsAtOnce = 20;

    /// <summary>A moment that this node's clock did not foresee is asked about again; a second time only when a clock was set meanwhile.</summary>
    private const int MomentsTried = 3;

    private readonly RedisConnections _redis;
    private readonly RedisRoutingSites _sites;
    private readonly IRoutingFeed _feed;
    private readonly TimeProvider _clock;
    private readonly TimeProvider? _redisClock;

    /// <summary>By how many ticks Redis' clock was seen to be ahead of this node's; 0 until that mattered.</summary>
    private long _ahead;

    /// <param name="clock">This node's, which only guesses what Redis' own will say.</param>
    public RedisContactQueue(
        RedisConnections redis, ChatKeys keys, NodeBus nodes, ISiteCatalog sites, IRoutingFeed feed, TimeProvider clock)
        : this(redis, keys, nodes, sites, feed, clock, redisClock: null)
    {
    }

    /// <param name="redisClock">For tests: taken for Redis' own.</param>
    internal RedisContactQueue(
        RedisConnections redis,
        ChatKeys keys,
        NodeBus nodes,
        ISiteCatalog sites,
        IRoutingFeed feed,
        TimeProvider clock,
        TimeProvider? redisClock)
    {
        (_redis, _feed, _clock, _redisClock) = (redis, feed, clock, redisClock);
        _sites = new RedisRoutingSites(sites, keys, nodes);
    }

    private async Task<RedisRoutingReply> StepAsync(
        RedisScript script, RedisRoutingSite site, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        if (!_begun.ContainsKey(site.Site.Id))
        {
            await BeginAsync(site, cancellationToken);
        }

        return await RunAsync(script, site, site.Keys, arguments, cancellationToken);
    }

    private async Task<RedisRoutingReply> RunAsync(
        RedisScript script, RedisRoutingSite site, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RedisValue now = _redisClock is null ? "" : _redisClock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            var rules = site.Rules.Around(_clock.GetUtcNow().AddTicks(Volatile.Read(ref _ahead)));
            var reply = new RedisRoutingReply(
                await _redis.EvaluateAsync(script, keys, [now, rules, NewId(), site.NodeId, site.ChannelPrefix, site.Frame, .. arguments]));
            if (reply.IsChanged)
            {
                _feed.Changed(site.Site.Id);
            }

            if (reply.Code != RedisRoutingReply.AnotherMoment)
            {
                return reply;
            }

            if (tries == MomentsTried)
            {
                throw new InvalidOperationException("Redis' clock and this node's answer do not meet.");
            }

            Volatile.Write(ref _ahead, (DateTimeOffset.FromUnixTimeMilliseconds((long)reply[0]) - _clock.GetUtcNow()).Ticks);
        }
    }

    private async Task<Outcome<Contact>> DecideAsync(
        RedisScript script, string siteId, Refusal stale, RedisValue[] arguments, CancellationToken cancellationToken) =>
        _sites.Find(siteId) is { } site
            ? (await StepAsync(script, site, arguments, cancellationToken)).ToContact(site, stale)
            : RoutingRefusals.NotFound;

    /// <summary>Nothing where there is no such site.</summary>
    private async Task<(RedisRoutingSite? Site, RedisRoutingReply? Reply)> ReadAsync(
        RedisScript script, string siteId, RedisValue[] arguments, CancellationToken cancellationToken) =>
        _sites.Find(siteId) is { } site ? (site, await StepAsync(script, site, arguments, cancellationToken)) : (null, null);

    private static RedisValue MillisecondsOf(DateTimeOffset? moment) => moment is { } given ? given.ToUnixTimeMilliseconds() : "";

    private static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
