using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

internal static class RedisErrors
{
    /// <summary>How Redis begins an answer that speaks of its state rather than of the command.</summary>
    private static readonly string[] StatesOfRedis =
        ["LOADING", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "OOM", "MISCONF", "NOREPLICAS", "BUSY", "NOAUTH", "MOVED", "ASK"];

    public static bool IsUnavailable(Exception error) => error switch
    {
        RedisConnectionException or RedisTimeoutException or TimeoutException or ObjectDisposedException => true,
        RedisServerException server => StatesOfRedis.Any(state => server.Message.Contains(state, StringComparison.Ordinal)),
        _ => false,
    };
}
