using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>What the library's multiplexer hears. It calls one at a time, and keeps without a bound what comes while it does.</summary>
internal sealed class LibrarySource(ISubscriber subscriber) : IRedisSource
{
    public bool HoldsBack => false;

    public async Task SubscribeAsync(string channel, Action<string, byte[]> heard, CancellationToken deadline)
    {
        var literal = Literal(channel);

        // Without a connection the library takes a subscription and reports success.
        if (!subscriber.IsConnected(literal))
        {
            throw new StoreUnavailableException("Redis has no connection for subscriptions.");
        }

        await subscriber.SubscribeAsync(literal, (_, message) => heard(channel, message!)).WaitAsync(deadline).ConfigureAwait(false);
    }

    public void Unsubscribe(string channel) => _ = UnsubscribeAsync(channel);

    private static RedisChannel Literal(string channel) => new(channel, RedisChannel.PatternMode.Literal);

    private async Task UnsubscribeAsync(string channel)
    {
        try
        {
            await subscriber.UnsubscribeAsync(Literal(channel), null, CommandFlags.FireAndForget).ConfigureAwait(false);
        }
        catch (Exception error) when (RedisErrors.IsUnavailable(error))
        {
            // The library throws although nobody waits. A connection that is gone took its subscriptions with it.
        }
    }
}
