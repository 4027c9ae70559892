using System.Diagnostics.Metrics;
using CoPilot.Realtime.Backplane;
using CoPilot.Realtime.Connections;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.Tests.Backplane;

internal sealed class TestHub : Hub;

/// <summary>A node of its own in this process: connections to Redis, node bus and lifetime manager, with the shorter times that a fast test needs.</summary>
internal sealed class BackplaneNode : IAsyncDisposable
{
    /// <summary>Short for a fast test, long against the stalls of a busy machine.</summary>
    public static readonly NodeBusSettings Times =
        new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), 65_536);

    private readonly RedisConnections _redis;
    private readonly BackplanePump _pump;
    private bool _isDead;

    private BackplaneNode(RedisConnections redis, string name, LogWatcher log, IMeterFactory meters, IHubProtocol[] protocols, int unansweredSends)
    {
        _redis = redis;
        Bus = new NodeBus(redis, name, TimeProvider.System, log.For<NodeBus>(), new NodeMetrics(meters), Times);
        _pump = new BackplanePump(Bus, TimeProvider.System);
        Connections = new HubConnections<TestHub>(
            new HubConnectionLimits(unansweredSends), new HubConnectionMetrics(meters), log.For<HubConnections<TestHub>>());
        Manager = new RedisHubLifetimeManager<TestHub>(
            Connections,
            new TestProtocols(protocols),
            redis,
            Bus,
            _pump,
            TimeProvider.System,
            log.For<RedisHubLifetimeManager<TestHub>>());
    }

    public NodeBus Bus { get; }

    public HubConnections<TestHub> Connections { get; }

    public RedisHubLifetimeManager<TestHub> Manager { get; }

    public static async Task<BackplaneNode> StartAsync(
        string redisConfiguration,
        string prefix,
        string name,
        LogWatcher log,
        IHubProtocol[]? protocols = null,
        IMeterFactory? meters = null,
        int unansweredSends = 256,
        bool waitUntilReady = true)
    {
        var redis = new RedisConnections(new RedisSettings(redisConfiguration, prefix), TimeProvider.System, log.For<RedisConnections>());
        await redis.OpenAsync().Within();
        var node = new BackplaneNode(redis, name, log, meters ?? new TestMeters(), protocols ?? [new JsonHubProtocol()], unansweredSends);
        await node.Bus.StartAsync(CancellationToken.None).Within();
        if (waitUntilReady)
        {
            await node.ReadyAsync();
        }

        return node;
    }

    public Task ReadyAsync() => Eventually.TrueAsync(() => Bus.IsReady);

    /// <summary>What the pump does every few seconds.</summary>
    public Task TendAsync() => _pump.TendAsync(CancellationToken.None).Within();

    public async Task<HubPeer> ConnectAsync(string? user = null, IHubProtocol? protocol = null, long? pauseAt = null)
    {
        var peer = new HubPeer(user, protocol, pauseAt);
        await Manager.OnConnectedAsync(peer.Connection).Within();
        return peer;
    }

    public Task DisconnectAsync(HubPeer peer)
    {
        peer.End();
        return Manager.OnDisconnectedAsync(peer.Connection).Within();
    }

    /// <summary>Its subscription goes without a word, as a reconfiguration can do; the node notices by its own silence.</summary>
    public async Task DeafenAsync(RedisServer redis)
    {
        var channel = Bus.ChannelPrefix + Bus.NodeId;
        _redis.Generation!.Source.Unsubscribe(channel);
        await Eventually.TrueAsync(async () => (long)((object?[])(await redis.CommandAsync("PUBSUB", "NUMSUB", channel))!)[1]! == 0);
    }

    /// <summary>As if the process were killed: nothing is taken back.</summary>
    public async Task DieAsync()
    {
        _isDead = true;
        await _redis.DisposeAsync();
        await StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isDead)
        {
            await StopAsync();
            await _redis.DisposeAsync();
        }
    }

    private async Task StopAsync()
    {
        await _pump.StopAsync(CancellationToken.None).Within();
        await Bus.StopAsync(CancellationToken.None).Within();
    }
}
