using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>Every key and channel of this project, under the application's prefix.</summary>
internal sealed class RedisKeys(string prefix)
{
    /// <summary>Sorted set: node id by the moment (Redis' milliseconds) it was heard last.</summary>
    public RedisKey Nodes { get; } = prefix + ":{nodes}:live";

    /// <summary>A node's one channel is this and its id.</summary>
    public string NodeChannelPrefix { get; } = prefix + ":node:";
}
