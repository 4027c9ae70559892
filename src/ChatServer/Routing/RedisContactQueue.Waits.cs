using CoPilot.Contracts;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>What estimates of waits are made from, what was shown, and what supervisors see.</summary>
internal sealed partial class RedisContactQueue
{
    /// <summary>So many agents are read in one script, which takes 1 to 3 ms with what they serve: two thousand at once held every message up for a tenth of a second.</summary>
    private const int AgentsAtOnce = 50;

    public async Task<WaitFacts> GetWaitsAsync(string siteId, CancellationToken cancellationToken = default)
    {
        if (_sites.Find(siteId) is not { } site)
        {
            return new WaitFacts(_clock.GetUtcNow(), [], []);
        }

        var names = site.Site.Queues.Select(queue => (RedisValue)queue.Name).ToArray();
        var reply = await StepAsync(RedisRoutingScripts.ReadWaits, site, names, cancellationToken);
        return RedisWaitReplies.ReadFacts(reply, await ReadAgentsAsync(site, reply[1], isCounted: false, cancellationToken), site.Site);
    }

    public async Task<SiteFacts> GetSiteAsync(
        string siteId, IReadOnlyCollection<string> listed, bool isWatched, CancellationToken cancellationToken = default)
    {
        if (_sites.Find(siteId) is not { } site)
        {
            return new SiteFacts(_clock.GetUtcNow(), [], [], []);
        }

        RedisValue[] arguments =
        [
            isWatched ? 1 : 0, Limits.LineContacts, (long)SiteFacts.DueWithin.TotalMilliseconds, listed.Count,
            .. listed.Select(queue => (RedisValue)queue), .. site.Site.Queues.Select(queue => (RedisValue)queue.Name),
        ];
        var reply = await StepAsync(RedisRoutingScripts.ReadSite, site, arguments, cancellationToken);
        return RedisSiteReplies.Read(reply, await ReadAgentsAsync(site, reply[1], isCounted: true, cancellationToken), site, listed);
    }

    public async Task KeepShownWaitsAsync(string siteId, IReadOnlyList<WaitShown> shown, CancellationToken cancellationToken = default)
    {
        foreach (var some in shown.Chunk(AtOnce))
        {
            RedisValue[] triples = [.. some.SelectMany(each => new RedisValue[] { each.ContactId, each.Range.MinSeconds, each.Range.MaxSeconds })];
            await ReadAsync(RedisRoutingScripts.KeepShownWaits, siteId, triples, cancellationToken);
        }
    }

    private async Task<RedisAgentReplies> ReadAgentsAsync(RedisRoutingSite site, RedisReply ids, bool isCounted, CancellationToken cancellationToken)
    {
        var agents = new RedisAgentReplies();
        foreach (var some in ((RedisReply[])ids!).Chunk(AgentsAtOnce))
        {
            RedisValue[] arguments = [isCounted ? 1 : 0, .. some.Select(id => (RedisValue)(byte[])id!)];
            agents.Add(await StepAsync(RedisRoutingScripts.ReadAgents, site, arguments, cancellationToken));
        }

        return agents;
    }
}
