using CoPilot.ChatServer.Redis;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>For all nodes; a key for each event, which Redis forgets by itself.</summary>
/// <param name="redisClock">Taken for Redis' own by tests.</param>
internal sealed class RedisCallStatusStore(RedisConnections redis, ChatKeys keys, TimeProvider? redisClock = null) : ICallStatusStore
{
    private const int InHand = 0;

    private static readonly RedisScript Claim = Load("call_status_claim");
    private static readonly RedisScript Keep = Load("call_status_keep");
    private static readonly RedisScript GiveUp = Load("call_status_give_up");

    public async Task<CallStatusClaim> ClaimAsync(string siteId, string eventId, CancellationToken cancellationToken = default)
    {
        var reply = await redis.EvaluateAsync(Claim, [keys.CallStatus(siteId, eventId)], [Now, (long)ICallStatusStore.HandledWithin.TotalMilliseconds]);
        return reply.IsNull
            ? CallStatusClaim.Mine
            : (int)reply == InHand ? CallStatusClaim.InHand : CallStatusClaim.Handled((CallStatusResult)(int)reply);
    }

    public Task KeepAsync(string siteId, string eventId, CallStatusResult result, CancellationToken cancellationToken = default) =>
        redis.EvaluateAsync(
            Keep, [keys.CallStatus(siteId, eventId)], [Now, (long)ICallStatusStore.RememberedFor.TotalMilliseconds, (int)result]);

    public Task GiveUpAsync(string siteId, string eventId, CancellationToken cancellationToken = default) =>
        redis.EvaluateAsync(GiveUp, [keys.CallStatus(siteId, eventId)], []);

    private RedisValue Now => redisClock?.GetUtcNow().ToUnixTimeMilliseconds() ?? 0;

    private static RedisScript Load(string name) => RedisScript.Load(typeof(RedisCallStatusStore).Assembly, name, "call_status_lib");
}
