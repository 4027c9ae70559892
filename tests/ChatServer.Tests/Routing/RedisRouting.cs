using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.ChatServer.Tests.Redis;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>A Redis for the tests of one class, which follow each other; whoever opens an engine finds it empty.</summary>
public sealed class RedisRouting : IAsyncLifetime
{
    private RedisServer? _server;
    private RedisRoutingNode? _node;

    public RedisServer Server => _server!;

    internal RedisRoutingNode Node => _node!;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _node = await RedisRoutingNode.OpenAsync(_server.Configuration);
    }

    public async ValueTask DisposeAsync()
    {
        await _node!.DisposeAsync();
        await _server!.DisposeAsync();
    }
}

/// <summary>What a node needs for routing on Redis: its connections, and the bus for its name. The bus is not started: nobody listens here.</summary>
internal sealed class RedisRoutingNode : IAsyncDisposable
{
    public const string KeyPrefix = "test";

    private readonly ChatKeys _keys = new(KeyPrefix);
    private readonly NodeBus _bus;

    private RedisRoutingNode(string configuration, string name, bool isPatient)
    {
        Redis = isPatient
            ? PatientRedis.Connect(configuration, KeyPrefix, Log)
            : new RedisConnections(new RedisSettings(configuration, KeyPrefix), TimeProvider.System, Log.For<RedisConnections>());
        _bus = new NodeBus(Redis, name, TimeProvider.System, Log.For<NodeBus>());
    }

    public LogWatcher Log { get; } = new();

    public RedisConnections Redis { get; }

    public NodeBus Bus => _bus;

    /// <param name="isPatient">False for who takes Redis away: limits are the product's then.</param>
    public static async Task<RedisRoutingNode> OpenAsync(string configuration, string name = "node", bool isPatient = true)
    {
        var node = new RedisRoutingNode(configuration, name, isPatient);
        await node.Redis.OpenAsync().Within();
        return node;
    }

    /// <param name="redisClock">Taken for Redis' own.</param>
    public RedisContactQueue OpenQueue(ISiteCatalog sites, IRoutingFeed feed, TimeProvider? redisClock = null) =>
        new(Redis, _keys, _bus, sites, feed, redisClock ?? TimeProvider.System, redisClock);

    /// <param name="clock">This node's, while Redis goes by its own.</param>
    public RedisContactQueue OpenQueueWithClock(ISiteCatalog sites, IRoutingFeed feed, TimeProvider clock) =>
        new(Redis, _keys, _bus, sites, feed, clock);

    public async ValueTask DisposeAsync()
    {
        _bus.Dispose();
        await Redis.DisposeAsync();
        Log.Dispose();
    }
}
