using CoPilot.TestKit;

namespace CoPilot.LoadRunner.Systems;

/// <summary>What makes a Redis keep what it is asked to keep.</summary>
internal static class RedisArguments
{
    public static IReadOnlyList<string> Of(RedisDurability durability) => durability switch
    {
        RedisDurability.EverySecond => ["--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction"],
        RedisDurability.Always => RedisServer.Durable,
        _ => [],
    };
}
