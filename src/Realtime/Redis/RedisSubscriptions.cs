using System.Collections.Concurrent;

namespace CoPilot.Realtime.Redis;

/// <summary>Called with what was published; the second argument is <see cref="IRedisSource.HoldsBack"/>.</summary>
public delegate void RedisMessageHandler(byte[] message, bool isHeldBack);

/// <summary>
/// Which channels this process hears, so that they can be subscribed anew: on another source, and on the library's, which tells of connections that came back
/// and does not always renew what was subscribed on them. Thread-safe.
/// </summary>
internal sealed class RedisSubscriptions : IDisposable
{
    private readonly ConcurrentDictionary<string, RedisMessageHandler> _handlers = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _delivery = new();
    private IRedisSource? _current;

    /// <summary>A second handler for a channel takes the first one's place.</summary>
    public async Task AddAsync(IRedisSource source, string channel, RedisMessageHandler handler, CancellationToken deadline)
    {
        await _gate.WaitAsync(deadline).ConfigureAwait(false);
        try
        {
            _handlers[channel] = handler;
            _current = source;
            await SubscribeAsync(source, channel, deadline).ConfigureAwait(false);
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

    public void Remove(string channel)
    {
        _handlers.TryRemove(channel, out _);
        _current?.Unsubscribe(channel);
    }

    /// <summary>Everything on this source from now on; what others still deliver is dropped.</summary>
    public async Task RenewAsync(IRedisSource source, CancellationToken deadline)
    {
        await _gate.WaitAsync(deadline).ConfigureAwait(false);
        try
        {
            IRedisSource? former;
            lock (_delivery)
            {
                (former, _current) = (_current, source);
            }

            foreach (var channel in _handlers.Keys)
            {
                former?.Unsubscribe(channel);
                await SubscribeAsync(source, channel, deadline).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private Task SubscribeAsync(IRedisSource source, string channel, CancellationToken deadline) =>
        source.SubscribeAsync(channel, (heard, message) => Deliver(source, heard, message), deadline);

    /// <summary>Under a lock although a source calls one at a time: two of them overlap for a moment.</summary>
    private void Deliver(IRedisSource source, string channel, byte[] message)
    {
        lock (_delivery)
        {
            if (ReferenceEquals(source, _current) && _handlers.TryGetValue(channel, out var handler))
            {
                handler(message, source.HoldsBack);
            }
        }
    }
}
