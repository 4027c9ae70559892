using System.Globalization;
using CoPilot.ChatServer.Redis;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>One round trip for all limits.</summary>
/// <param name="redisClock">Taken for Redis' own by tests.</param>
internal sealed class RedisCallbackThrottle(RedisConnections redis, ChatKeys names, CallbackLimits limits, TimeProvider? redisClock = null)
    : ICallbackThrottle
{
    private static readonly RedisScript Take = RedisScript.Load(typeof(RedisCallbackThrottle).Assembly, "callback_take");
    private static readonly RedisScript GiveBack = RedisScript.Load(typeof(RedisCallbackThrottle).Assembly, "callback_give_back");

    public async Task<TimeSpan?> TakeAsync(CallbackRequester requester, CancellationToken cancellationToken = default)
    {
        var (site, customer, number, address) = requester;
        var wait = (long)await redis.EvaluateAsync(
            Take,
            [names.CallbacksAsked(site, "customer", customer), names.CallbacksAsked(site, "number", number), names.CallbacksAsked(site, "address", address)],
            [
                Now,
                .. ArgumentsOf(limits.Customer), .. ArgumentsOf(limits.Number), .. ArgumentsOf(limits.Address),
            ]);
        return wait == 0 ? null : TimeSpan.FromMilliseconds(wait);
    }

    public Task GiveBackAsync(CallbackRequester requester, bool toNumberAlone, CancellationToken cancellationToken = default)
    {
        var (site, customer, number, address) = requester;
        var counted = new List<(RedisKey Key, CallbackLimit Limit)> { (names.CallbacksAsked(site, "number", number), limits.Number) };
        if (!toNumberAlone)
        {
            counted.Add((names.CallbacksAsked(site, "customer", customer), limits.Customer));
            counted.Add((names.CallbacksAsked(site, "address", address), limits.Address));
        }

        return redis.EvaluateAsync(
            GiveBack,
            [.. counted.Select(one => one.Key)],
            [Now, .. counted.Select(one => (RedisValue)(long)one.Limit.Interval.TotalMilliseconds)]);
    }

    private RedisValue Now => redisClock?.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "";

    private static RedisValue[] ArgumentsOf(CallbackLimit limit) => [(long)limit.Interval.TotalMilliseconds, (long)limit.Burst.TotalMilliseconds];
}
