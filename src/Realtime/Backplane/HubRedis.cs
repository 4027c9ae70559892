using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.Realtime.Backplane;

/// <summary>
/// A hub's own way to the other nodes: connections to Redis and a node bus on which nothing of another hub waits behind its messages. Opened and started with the
/// host. Thread-safe.
/// </summary>
public sealed class HubRedis<THub> : IAsyncDisposable
    where THub : Hub
{
    internal HubRedis(RedisConnections connections, NodeBus bus, BackplanePump pump) => (Connections, Bus, Pump) = (connections, bus, pump);

    public RedisConnections Connections { get; }

    public NodeBus Bus { get; }

    internal BackplanePump Pump { get; }

    public ValueTask DisposeAsync() => Connections.DisposeAsync();
}
