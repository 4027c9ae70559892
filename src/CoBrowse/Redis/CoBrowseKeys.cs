using StackExchange.Redis;

namespace CoPilot.CoBrowse.Redis;

/// <summary>
/// Every key of this project, under the prefix of its own connections; <c>docs/redis.md</c> lists them with their owner, size and life. The part in braces decides
/// the cluster slot: keys that one script touches share it.
/// </summary>
internal sealed class CoBrowseKeys(string prefix)
{
    /// <summary>In front of the keys, after the application's own prefix.</summary>
    public const string Prefix = ":cobrowse";

    /// <summary>String: the number of the site's last session.</summary>
    public RedisKey Number(string siteId) => OfSite(siteId, "number");

    /// <summary>Sorted set: session id by its number.</summary>
    public RedisKey Numbers(string siteId) => OfSite(siteId, "numbers");

    /// <summary>Hash: session id by the keyed hash of its code's beginning, while the code can be used.</summary>
    public RedisKey Codes(string siteId) => OfSite(siteId, "codes");

    /// <summary>Sorted set: session id by the moment when something is due.</summary>
    public RedisKey Due(string siteId) => OfSite(siteId, "due");

    /// <summary>Set: ids of the agent's sessions that have not ended.</summary>
    public RedisKey Agent(string siteId, string agentId) => OfSite(siteId, "agent:" + agentId);

    /// <summary>String: id of the session that this request made.</summary>
    public RedisKey Request(string siteId, string agentId, string requestId) => OfSite(siteId, $"request:{agentId}:{requestId}");

    /// <summary>Hash: <c>document</c> and <c>version</c>.</summary>
    public RedisKey Session(string siteId, string sessionId) => OfSite(siteId, "session:" + sessionId);

    /// <summary>List: the entries, the first one first.</summary>
    public RedisKey Audit(string siteId, string sessionId) => OfSite(siteId, "audit:" + sessionId);

    /// <summary>String: the moment (Redis' milliseconds) until which what was let through counts. One slot for all sites: the throttle is everybody's.</summary>
    public RedisKey Redeemed(string who) => $"{prefix}:{{redeem}}:{who}";

    private RedisKey OfSite(string siteId, string name) => $"{prefix}:{{{siteId}}}:{name}";
}
