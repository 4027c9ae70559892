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

    /// <summary>String: in Development, the key that tokens are signed with, in base64.</summary>
    public RedisKey SigningKey { get; } = OfAll(prefix, "identity", "signing-key");

    /// <summary>Hash: agent id by e-mail address in lower case.</summary>
    public RedisKey AccountIds { get; } = OfAll(prefix, "accounts", "ids");

    /// <summary>Hash: an account as JSON, without what changes, by agent id.</summary>
    public RedisKey Accounts { get; } = OfAll(prefix, "accounts", "accounts");

    /// <summary>Set: ids of agents whose account is disabled.</summary>
    public RedisKey DisabledAccounts { get; } = OfAll(prefix, "accounts", "disabled");

    /// <summary>Hash: failed sign-ins in a row by agent id.</summary>
    public RedisKey AccountFailures { get; } = OfAll(prefix, "accounts", "failures");

    /// <summary>Hash: the moment (milliseconds) until which nobody signs in, by agent id.</summary>
    public RedisKey AccountLocks { get; } = OfAll(prefix, "accounts", "locks");

    private static RedisKey OfAll(string prefix, string tag, string name) => $"{prefix}:{{{tag}}}:{name}";

    private RedisKey OfSite(string siteId, string name) => $"{prefix}:{{{siteId}}}:{name}";

    // Conversations: OfConversation(conversationId, name) => prefix:{conversationId}:name
}
