using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>Every key and channel of this project, under the application's prefix.</summary>
internal sealed class RedisKeys(string prefix)
{
    /// <summary>Sorted set: node id by the moment (Redis' milliseconds) it was heard last.</summary>
    public RedisKey Nodes { get; } = prefix + ":{nodes}:live";

    /// <summary>Set: ids of the nodes that may have entered themselves in a bucket of the hub.</summary>
    public RedisKey HubNodes(string hub) => $"{prefix}:{{hub:{hub}}}:nodes";

    /// <summary>Never written: what scripts are given that are run to be known, not to do something.</summary>
    public RedisKey Nothing { get; } = prefix + ":{nodes}:none";

    /// <summary>Hash: what the hub's nodes have members of (<c>c:</c> connection, <c>g:</c> group, <c>u:</c> user, and its name) by those nodes' ids, one to a line.</summary>
    public RedisKey HubBucket(string hub, int bucket) => $"{prefix}:{{hub:{hub}:{bucket}}}:members";

    /// <summary>A node's one channel is this and its id.</summary>
    public string NodeChannelPrefix { get; } = prefix + ":node:";
}
