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

    /// <summary>What routing keeps of a site, in the order in which its scripts are given it: <c>Routing/Lua/routing_lib_site.lua</c> says what each is.</summary>
    public RedisKey[] Routing(string siteId) =>
    [
        OfSite(siteId, "contact:"),
        OfSite(siteId, "agent:"),
        OfSite(siteId, "connections:"),
        OfSite(siteId, "served:"),
        OfSite(siteId, "offer:"),
        OfSite(siteId, "passes:"),
        OfSite(siteId, "request:"),
        OfSite(siteId, "open"),
        OfSite(siteId, "timers"),
        RoutingOutbox(siteId),
        OfSite(siteId, "line:"),
        OfSite(siteId, "waiting:"),
        OfSite(siteId, "passed:"),
        OfSite(siteId, "free:"),
        OfSite(siteId, "available:"),
        OfSite(siteId, "look"),
        OfSite(siteId, "held"),
        OfSite(siteId, "lapsed"),
        OfSite(siteId, "stamp"),
        SiteKeeper(siteId),
        OfSite(siteId, "customer:"),
        OfSite(siteId, "phones"),
        OfSite(siteId, "slots:"),
        OfSite(siteId, "places"),
        OfSite(siteId, "number"),
        OfSite(siteId, "handling"),
        OfSite(siteId, "closures"),
        SupervisionActs(siteId),
        OfSite(siteId, "seen:"),
        OfSite(siteId, "present:"),
        OfSite(siteId, "awaited:"),
        OfSite(siteId, "last-agent:"),
        OfSite(siteId, "preferring:"),
        OfSite(siteId, "due:"),
        OfSite(siteId, "busy"),
        OfSite(siteId, "watching"),
    ];

    /// <summary>String: the number of the way in which routing keeps the site.</summary>
    public RedisKey RoutingLayout(string siteId) => OfSite(siteId, "layout");

    /// <summary>Stream: what supervisors of the site did.</summary>
    public RedisKey SupervisionActs(string siteId) => OfSite(siteId, "acts");

    /// <summary>String: the moment (Redis' milliseconds) until which the call-backs count that this customer, number or address asked for.</summary>
    /// <param name="kind">What is counted.</param>
    /// <param name="who">The customer's id, or a keyed hash.</param>
    public RedisKey CallbacksAsked(string siteId, string kind, string who) => OfSite(siteId, $"asked:{kind}:{who}");

    /// <summary>Stream: effects of routing that were not applied yet.</summary>
    public RedisKey RoutingOutbox(string siteId) => OfSite(siteId, "outbox");

    /// <summary>String: what became of a provider's event about a call; <c>Callbacks/Lua/call_status_lib.lua</c> says how.</summary>
    public RedisKey CallStatus(string siteId, string eventId) => OfSite(siteId, "call-status:" + eventId);

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

    /// <summary>
    /// All keys of a conversation, in the order in which its scripts take them. Head (hash): what <see cref="Conversations.Conversation"/> says, the log's end, its
    /// members, what is recognised as a repetition and which nodes have members connected; <c>Conversations/Lua/conversation.lua</c> says how. Log (stream): the
    /// entries, their id is <c>seq-0</c>. Marks (hash): participant id by the <c>seq</c> they have read.
    /// </summary>
    public RedisKey[] OfConversation(string conversationId) =>
    [
        OfConversation(conversationId, "head"),
        OfConversation(conversationId, "log"),
        OfConversation(conversationId, "marks"),
    ];

    private static RedisKey OfAll(string prefix, string tag, string name) => $"{prefix}:{{{tag}}}:{name}";

    private RedisKey OfSite(string siteId, string name) => $"{prefix}:{{{siteId}}}:{name}";

    /// <summary>With a word of its own, because clients name conversations: what they name must never be a key of a site.</summary>
    private RedisKey OfConversation(string conversationId, string name) => $"{prefix}:{{{conversationId}}}:conversation:{name}";
}
