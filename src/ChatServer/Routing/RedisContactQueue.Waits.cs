using CoPilot.Contracts;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>What estimates of waits are made from, what was shown, and what supervisors see.</summary>
internal sealed partial class RedisContactQueue
{
    public async Task<WaitFacts> GetWaitsAsync(string siteId, CancellationToken cancellationToken = default)
    {
        if (_sites.Find(siteId) is not { } site)
        {
            return new WaitFacts(_clock.GetUtcNow(), [], []);
        }

        var names = site.Site.Queues.Select(queue => (RedisValue)queue.Name).ToArray();
        return RedisWaitReplies.ReadFacts(await StepAsync(RedisRoutingScripts.ReadWaits, site, names, cancellationToken), site.Site);
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
        return RedisSiteReplies.Read(await StepAsync(RedisRoutingScripts.ReadSite, site, arguments, cancellationToken), site, listed);
    }

    public async Task KeepShownWaitsAsync(string siteId, IReadOnlyList<WaitShown> shown, CancellationToken cancellationToken = default)
    {
        foreach (var some in shown.Chunk(AtOnce))
        {
            RedisValue[] triples = [.. some.SelectMany(each => new RedisValue[] { each.ContactId, each.Range.MinSeconds, each.Range.MaxSeconds })];
            await ReadAsync(RedisRoutingScripts.KeepShownWaits, siteId, triples, cancellationToken);
        }
    }
}
