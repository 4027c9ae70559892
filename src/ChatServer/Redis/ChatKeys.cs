using StackExchange.Redis;

namespace CoPilot.ChatServer.Redis;

/// <summary>
/// Every key of this project, under the application's prefix; <c>docs/redis.md</c> lists them with their owner, size and life. The part in braces decides the
/// cluster slot: keys that one script touches share it.
/// </summary>
internal sealed class ChatKeys(string prefix)
{
    /// <summary>String: the id of the node that tells the site's people about its lines now.</summary>
    public RedisKey SiteKeeper(string siteId) => OfSite(siteId, "keeper");

    private RedisKey OfSite(string siteId, string name) => $"{prefix}:{{{siteId}}}:{name}";

    // Conversations: OfConversation(conversationId, name) => prefix:{conversationId}:name
}
