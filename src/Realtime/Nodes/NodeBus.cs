using System.Security.Cryptography;
using CoPilot.Realtime.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Nodes;

/// <summary>
/// What the nodes of one application tell each other: each has one channel, and a message goes to those that it concerns and to nobody else. Thread-safe.
/// <para><b>Order.</b> What one connection to Redis published to this node is handled in that order, one at a time.</para>
/// <para><b>Loss.</b> Messages are hints and may be lost: with a connection, with a restart of Redis, or because this node did not keep up. The node
/// notices by the heartbeats that it sends itself, and then everybody who registered with <see cref="OnRecovery"/> makes good what may be missing.</para>
/// <para><b>Life.</b> The heartbeat never waits for a recovery or a handler. A node that stops leaves the list of the living at once; one that dies is
/// missed after <see cref="DeadAfter"/>.</para>
/// </summary>
public sealed class NodeBus : BackgroundService
{
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);

    /// <summary>Own heartbeats missing for so long mean that the subscription is gone.</summary>
    public static readonly TimeSpan SilenceAllowed = TimeSpan.FromSeconds(3);

    /// <summary>Not heard by Redis for so long, a node is dead to the others. Longer than a stall of a busy machine.</summary>
    public static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(6);

    private readonly RedisConnections _redis;
    private readonly TimeProvider _clock;
    private readonly ILogger<NodeBus> _logger;
    private readonly NodeMetrics? _metrics;
    private readonly NodeBusSettings _settings;
    private readonly RedisKeys _keys;
    private readonly NodeDoubts _doubts = new();
    private readonly NodeHeartbeat _heartbeat;
    private readonly NodeInbox _inbox;
    private readonly List<Func<long, CancellationToken, Task>> _recoveries = [];
    private readonly List<Action<IReadOnlyCollection<string>>> _lostHandlers = [];
    private int _failuresInARow;
    private bool _isSubscribed;
    private long _doubtsWhenHeard = -1;
    private long _round;

    public NodeBus(RedisConnections redis, string nodeName, TimeProvider clock, ILogger<NodeBus> logger, NodeMetrics? metrics = null)
        : this(redis, nodeName, clock, logger, metrics, NodeBusSettings.Default)
    {
    }

    internal NodeBus(
        RedisConnections redis, string nodeName, TimeProvider clock, ILogger<NodeBus> logger, NodeMetrics? metrics, NodeBusSettings settings)
    {
        (_redis, _clock, _logger, _metrics, _settings) = (redis, clock, logger, metrics, settings);
        _keys = new RedisKeys(redis.KeyPrefix);
        NodeId = $"{nodeName}:{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        _heartbeat = new NodeHeartbeat(redis, _keys, NodeId, clock, settings, _doubts);
        _inbox = new NodeInbox(settings.QueueLength, _heartbeat, Doubt, logger, metrics);
        redis.SubscriptionsInterrupted += Doubt;
        metrics?.Observe(() => _inbox.Count, () => LiveNodes.Count);
    }

    /// <summary>The node's name and a random id of this start, so that nobody mistakes a restarted node for the one that died.</summary>
    public string NodeId { get; }

    /// <summary>In front of a node's id it makes the name of its channel; for scripts that publish by themselves.</summary>
    public string ChannelPrefix => _keys.NodeChannelPrefix;

    /// <summary>True between a heartbeat that came back and the first sign of trouble.</summary>
    public bool IsReady => _doubts.AreSettled && _heartbeat.IsHeard;

    /// <summary>Ids of the nodes that were alive at this node's last heartbeat, itself among them; empty before the first.</summary>
    public IReadOnlyCollection<string> LiveNodes => _heartbeat.Live.Ids;

    /// <summary>False only for a node that is known to be dead: a list of the living read after this was first asked lacks it. True while that is not known.</summary>
    public bool IsAlive(string nodeId) => !IsReady || !_heartbeat.Live.IsDead(nodeId);

    /// <summary>
    /// Before the start. The handler is called with the body of each message of the kind, on the pump: it must not block. The bytes are the message's own: they may be
    /// kept, and stay as they are.
    /// </summary>
    public void Handle(byte kind, Action<ReadOnlyMemory<byte>> handler) => _inbox.Handle(kind, handler);

    /// <summary>
    /// Before the start. Called whenever messages may have been lost or this node was taken for dead, once messages arrive again; called again until it succeeds, and
    /// when there was another reason meanwhile. One recovery at a time, in the order of registration; one that Redis did not let through does not keep the next ones
    /// waiting, for of a cluster a part may be away. It is given a number: the same one again says that nothing may have been missed since the call before, so what was
    /// made good then need not be done twice.
    /// </summary>
    public void OnRecovery(Func<long, CancellationToken, Task> recover) => _recoveries.Add(recover);

    /// <summary>Before the start. Called once with each node that died or left; it must not block. Not called for what a recovery may have missed: ask <see cref="IsAlive"/>.</summary>
    public void OnNodesLost(Action<IReadOnlyCollection<string>> lost) => _lostHandlers.Add(lost);

    public Task PublishAsync(string nodeId, byte[] frame)
    {
        _metrics?.Published();
        return _redis.ExecuteAsync("PUBLISH", _keys.NodeChannelPrefix + nodeId, frame);
    }

    /// <summary>The others need not wait until they miss this node.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _redis.SubscriptionsInterrupted -= Doubt;
        await base.StopAsync(cancellationToken);
        try
        {
            _redis.Unsubscribe(OwnChannel);
            await _redis.ExecuteAsync("ZREM", _keys.Nodes, NodeId);
        }
        catch (Exception error) when (error is StoreUnavailableException or ObjectDisposedException)
        {
            // Missed after a while, as one that died.
        }
#pragma warning disable CA1031 // Whatever Redis has against it, the server ends in good order: what this throws would be how its process ends.
        catch (Exception error)
#pragma warning restore CA1031
        {
            NodeLog.FarewellFailed(_logger, NodeId, error);
        }
    }

    public override void Dispose()
    {
        _heartbeat.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        UntilStoppedAsync(_inbox.PumpAsync, stoppingToken), UntilStoppedAsync(BeatAsync, stoppingToken), UntilStoppedAsync(RecoverAsync, stoppingToken));

    private string OwnChannel => ChannelPrefix + NodeId;

    private static async Task UntilStoppedAsync(Func<CancellationToken, Task> run, CancellationToken stopping)
    {
        try
        {
            await Task.Run(() => run(stopping), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task BeatAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(_settings.BeatEvery, _clock);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            if (_doubts.AreSettled && !_heartbeat.IsHeard)
            {
                _redis.RenewSubscriptions();
                Doubt();
            }

            try
            {
                Tell(await _heartbeat.BeatAsync(isFirst: false, stopping));
            }
            catch (StoreUnavailableException error)
            {
                SayAway(error);
                Doubt();
            }
#pragma warning disable CA1031 // Without heartbeats this node would be dead to the others for good, and never ready again.
            catch (Exception error) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                NodeLog.BeatFailed(_logger, NodeId, error);
                Doubt();
            }
        }
    }

    private async Task RecoverAsync(CancellationToken stopping)
    {
        while (true)
        {
            await _doubts.UnsettledAsync(stopping);
            if (!await TryRecoverAsync(stopping))
            {
                await Task.Delay(_settings.BeatEvery, _clock, stopping);
            }
        }
    }

    private async Task<bool> TryRecoverAsync(CancellationToken stopping)
    {
        try
        {
            // Once: from then on the connections make it anew when it may be gone. To do so here as well would itself lose frames.
            if (!_isSubscribed)
            {
                await _redis.SubscribeAsync(OwnChannel, _inbox.Receive);
                _isSubscribed = true;
            }

            if (_doubtsWhenHeard != _doubts.Raised || !_heartbeat.IsHeard)
            {
                await HearAgainAsync(stopping);
            }

            await RunRecoveriesAsync(stopping);
            _doubts.Settle(_doubtsWhenHeard);
            _metrics?.Recovered();
            Volatile.Write(ref _failuresInARow, 0);
            NodeLog.Recovered(_logger, NodeId);
            return true;
        }
        catch (StoreUnavailableException error)
        {
            SayAway(error);
        }
#pragma warning disable CA1031 // The bus is everybody's; what one recovery chokes on is tried again, and this node is not ready until it succeeds.
        catch (Exception error) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NodeLog.RecoveryFailed(_logger, NodeId, error);
        }

        return false;
    }

    /// <summary>
    /// Subscribed is who hears themselves: a heartbeat that was sent afterwards has come back. What was doubted until then is made good by what follows; from then on
    /// every heartbeat counts, also while a recovery is tried again and again.
    /// </summary>
    private async Task HearAgainAsync(CancellationToken stopping)
    {
        Tell(await _heartbeat.BeatAsync(isFirst: true, stopping));
        if (!await _heartbeat.IsHeardAgainAsync(stopping))
        {
            _redis.RenewSubscriptions();
            throw new StoreUnavailableException("This node does not hear itself through Redis.");
        }

        _doubtsWhenHeard = _doubts.Raised;
        _round++;
    }

    /// <summary>All of them, whichever fails: what lies on a cluster's living members is made good while another member is away.</summary>
    private async Task RunRecoveriesAsync(CancellationToken stopping)
    {
        StoreUnavailableException? failure = null;
        foreach (var recover in _recoveries)
        {
            try
            {
                await recover(_round, stopping);
            }
            catch (StoreUnavailableException error)
            {
                failure ??= error;
            }
        }

        if (failure is not null)
        {
            throw new StoreUnavailableException("Not everything that this node may have missed could be made good.", failure);
        }
    }

    /// <summary>Once for each outage. A connection that is back at the second attempt is none.</summary>
    private void SayAway(StoreUnavailableException error)
    {
        if (Interlocked.Increment(ref _failuresInARow) == 2)
        {
            NodeLog.RedisAway(_logger, NodeId, error);
        }
    }

    private void Tell(IReadOnlyCollection<string> lost)
    {
        if (lost.Count == 0)
        {
            return;
        }

        foreach (var node in lost)
        {
            NodeLog.NodeLost(_logger, node);
        }

        foreach (var handler in _lostHandlers)
        {
            handler(lost);
        }
    }

    private void Doubt()
    {
        _metrics?.Doubted();
        _doubts.Raise();
    }
}
