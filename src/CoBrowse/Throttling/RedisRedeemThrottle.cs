using CoPilot.CoBrowse.Redis;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.CoBrowse.Throttling;

/// <summary>One round trip for all limits.</summary>
/// <param name="redisClock">Taken for Redis' own by tests.</param>
internal sealed class RedisRedeemThrottle(RedisConnections redis, CoBrowseKeys keys, RedeemLimits limits, TimeProvider? redisClock = null)
    : IRedeemThrottle
{
    private static readonly RedisScript TakeScript = RedisScript.Load(typeof(RedisRedeemThrottle).Assembly, "redeem_take", "session_lib_clock");

    public async Task<TimeSpan?> TakeAsync(string connectionId, string address, CancellationToken cancellationToken = default)
    {
        var wait = (long)await redis.EvaluateAsync(
            TakeScript,
            [keys.Redeemed("connection:" + connectionId), keys.Redeemed("address:" + address), keys.Redeemed("everybody")],
            [
                redisClock?.GetUtcNow().ToUnixTimeMilliseconds() ?? 0,
                .. ArgumentsOf(limits.Connection), .. ArgumentsOf(limits.Address), .. ArgumentsOf(limits.Everybody),
            ]);
        return wait == 0 ? null : TimeSpan.FromMilliseconds(wait);
    }

    private static RedisValue[] ArgumentsOf(RedeemLimit limit) => [(long)limit.Interval.TotalMilliseconds, (long)limit.Burst.TotalMilliseconds];
}
