using System.Collections.Concurrent;
using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>
/// Which channels this process hears, so that they can be subscribed anew: the library tells of connections that came back and does not always renew what was
/// subscribed on them. Thread-safe.
/// </summary>
internal sealed class RedisSubscriptions : IDisposable
{
    private readonly ConcurrentDictionary<string, Action<byte[]>> _handlers = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _delivery = new();
    private RedisGeneration? _current;

    /// <summary>A second handler for a channel takes the first one's place.</summary>
    public async Task AddAsync(RedisGeneration generation, string channel, Action<byte[]> handler, CancellationToken deadline)
    {
        await _gate.WaitAsync(deadline).ConfigureAwait(false);
        try
        {
            _handlers[channel] = handler;
            _current = generation;
            await SendAsync(generation, channel, deadline).ConfigureAwait(false);
        }
        catch
        {
            _handlers.TryRemove(channel, out _);
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    public Task RemoveAsync(RedisGeneration? generation, string channel)
    {
        _handlers.TryRemove(channel, out _);
        return generation is null ? Task.CompletedTask : ForgetAsync(generation, channel);
    }

    /// <summary>Everything on this generation from now on; what older ones still deliver is dropped.</summary>
    public async Task RenewAsync(RedisGeneration generation, CancellationToken deadline)
    {
        await _gate.WaitAsync(deadline).ConfigureAwait(false);
        try
        {
            lock (_delivery)
            {
                _current = generation;
            }

            foreach (var channel in _handlers.Keys)
            {
                await ForgetAsync(generation, channel).ConfigureAwait(false);
                await SendAsync(generation, channel, deadline).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static RedisChannel Literal(string channel) => new(channel, RedisChannel.PatternMode.Literal);

    /// <summary>Goes ahead of a later SUBSCRIBE on the same connection; nobody waits for it.</summary>
    private static async Task ForgetAsync(RedisGeneration generation, string channel)
    {
        try
        {
            await generation.Subscriber.UnsubscribeAsync(Literal(channel), null, CommandFlags.FireAndForget).ConfigureAwait(false);
        }
        catch (Exception error) when (RedisErrors.IsUnavailable(error))
        {
            // The library throws although nobody waits. A connection that is gone took its subscriptions with it.
        }
    }

    private async Task SendAsync(RedisGeneration generation, string channel, CancellationToken deadline)
    {
        var literal = Literal(channel);

        // Without a connection the library takes a subscription and reports success.
        if (!generation.Subscriber.IsConnected(literal))
        {
            throw new StoreUnavailableException("Redis has no connection for subscriptions.");
        }

        await generation.Subscriber.SubscribeAsync(literal, (_, message) => Deliver(generation, channel, message!)).WaitAsync(deadline).ConfigureAwait(false);
    }

    /// <summary>Under a lock although the library calls one at a time: two generations overlap for a moment.</summary>
    private void Deliver(RedisGeneration generation, string channel, byte[] message)
    {
        lock (_delivery)
        {
            if (ReferenceEquals(generation, _current) && _handlers.TryGetValue(channel, out var handler))
            {
                handler(message);
            }
        }
    }
}
