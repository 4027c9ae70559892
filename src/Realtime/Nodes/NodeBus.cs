using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Threading.Channels;
using CoPilot.Realtime.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CoPilot.Realtime.Nodes;

/// <summary>
/// What the nodes of one application tell each other: each has one channel, and a message goes to those that it concerns and to nobody else. Thread-safe.
/// <para><b>Order.</b> What one connection to Redis published to this node is handled in that order, one at a time.</para>
/// <para><b>Loss.</b> Messages are hints and may be lost: with a connection, with a restart of Redis, or because this node did not keep up. The node
/// notices by the heartbeats that it sends itself, and then everybody who registered with <see cref="OnRecovery"/> makes good what may be missing.</para>
/// </summary>
public sealed class NodeBus : BackgroundService
{
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);

    /// <summary>Own heartbeats missing for so long mean that the subscription is gone.</summary>
    public static readonly TimeSpan SilenceAllowed = TimeSpan.FromSeconds(3);

    /// <summary>Not heard by Redis for so long, a node is dead to the others. Longer than a stall of a busy machine.</summary>
    public static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(6);

    private const int QueueLength = 65_536;

    private static readonly RedisScript Beat = RedisScript.Load(typeof(NodeBus).Assembly, "node_beat");

    private readonly RedisConnections _redis;
    private readonly TimeProvider _clock;
    private readonly ILogger<NodeBus> _logger;
    private readonly RedisKeys _keys;
    private readonly Channel<byte[]> _received = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly Action<ReadOnlyMemory<byte>>?[] _handlers = new Action<ReadOnlyMemory<byte>>?[256];
    private readonly List<Func<CancellationToken, Task>> _recoveries = [];
    private volatile FrozenSet<string> _live = FrozenSet<string>.Empty;
    private volatile TaskCompletionSource _heard = new();
    private bool _isAway;
    private long _beatsSent;
    private long _beatsHeard;
    private long _heardAt;

    /// <summary>Grows with every reason to believe that messages were lost; starting is the first.</summary>
    private long _doubts = 1;
    private long _doubtsSettled;

    public NodeBus(RedisConnections redis, string nodeName, TimeProvider clock, ILogger<NodeBus> logger)
    {
        (_redis, _clock, _logger) = (redis, clock, logger);
        _keys = new RedisKeys(redis.KeyPrefix);
        NodeId = $"{nodeName}:{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        redis.SubscriptionsInterrupted += Doubt;
    }

    /// <summary>The node's name and a random id of this start, so that nobody mistakes a restarted node for the one that died.</summary>
    public string NodeId { get; }

    /// <summary>In front of a node's id it makes the name of its channel; for scripts that publish by themselves.</summary>
    public string ChannelPrefix => _keys.NodeChannelPrefix;

    /// <summary>True between a heartbeat that came back and the first sign of trouble.</summary>
    public bool IsReady =>
        Volatile.Read(ref _doubtsSettled) == Volatile.Read(ref _doubts) && _clock.GetElapsedTime(Volatile.Read(ref _heardAt)) < SilenceAllowed;

    /// <summary>Whether the node was among the living at this node's last heartbeat. True while that is not known.</summary>
    public bool IsAlive(string nodeId) => !IsReady || _live.Contains(nodeId);

    /// <summary>Before the start. The handler is called with the body of each message of the kind, on the pump: it must neither block nor keep the bytes it is lent.</summary>
    public void Handle(byte kind, Action<ReadOnlyMemory<byte>> handler) => _handlers[kind] = handler;

    /// <summary>Before the start. Called whenever messages may have been lost or this node was taken for dead, once messages arrive again; called again until it succeeds.</summary>
    public void OnRecovery(Func<CancellationToken, Task> recover) => _recoveries.Add(recover);

    public Task PublishAsync(string nodeId, byte[] frame) => _redis.ExecuteAsync("PUBLISH", _keys.NodeChannelPrefix + nodeId, frame);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pump = Task.Run(() => PumpAsync(stoppingToken), CancellationToken.None);
        using var timer = new PeriodicTimer(BeatEvery, _clock);
        try
        {
            do
            {
                await LiveAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }

        await pump;
    }

    /// <summary>One second of a node's life: a heartbeat, and when something may have been lost, everything anew.</summary>
    private async Task LiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_clock.GetElapsedTime(Volatile.Read(ref _heardAt)) > SilenceAllowed)
            {
                Doubt();
            }

            var doubts = Volatile.Read(ref _doubts);
            if (doubts == Volatile.Read(ref _doubtsSettled))
            {
                await BeatAsync();
                return;
            }

            await SubscribeAnewAsync(cancellationToken);
            foreach (var recover in _recoveries)
            {
                await recover(cancellationToken);
            }

            Volatile.Write(ref _doubtsSettled, doubts);
            NodeLog.Recovered(_logger, NodeId);
        }
        catch (StoreUnavailableException error)
        {
            if (!_isAway)
            {
                NodeLog.RedisAway(_logger, NodeId, error);
            }

            _isAway = true;
            Doubt();
        }
    }

    /// <summary>Subscribed is who hears themselves: a heartbeat that was sent afterwards has come back.</summary>
    private async Task SubscribeAnewAsync(CancellationToken cancellationToken)
    {
        var channel = ChannelPrefix + NodeId;
        await _redis.UnsubscribeAsync(channel);
        await _redis.SubscribeAsync(channel, Receive);
        var heard = _heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await BeatAsync();
        try
        {
            await heard.Task.WaitAsync(SilenceAllowed, _clock, cancellationToken);
        }
        catch (TimeoutException silence)
        {
            throw new StoreUnavailableException("This node does not hear itself through Redis.", silence);
        }

        _isAway = false;
    }

    private async Task BeatAsync()
    {
        var number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, ++_beatsSent);
        var reply = await _redis.EvaluateAsync(
            Beat,
            [_keys.Nodes],
            [NodeId, ChannelPrefix + NodeId, NodeFrame.Make(NodeFrame.Heartbeat, number), (long)DeadAfter.TotalMilliseconds]);
        var answer = (RedisResult[])reply!;
        _live = answer.Skip(1).Select(id => (string)id!).ToFrozenSet(StringComparer.Ordinal);
        if ((long)answer[0] == 0)
        {
            // Others took this node for dead and may have taken it off their lists.
            Doubt();
        }
    }

    private void Doubt() => Interlocked.Increment(ref _doubts);

    /// <summary>On the library's thread.</summary>
    private void Receive(byte[] frame)
    {
        if (!_received.Writer.TryWrite(frame))
        {
            Doubt();
        }
    }

    private async Task PumpAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var frame in _received.Reader.ReadAllAsync(stopping))
            {
                Dispatch(frame);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private void Dispatch(byte[] frame)
    {
        if (frame.Length < NodeFrame.HeaderLength || frame[0] != NodeFrame.Version)
        {
            return;
        }

        var body = frame.AsMemory(NodeFrame.HeaderLength);
        if (frame[1] == NodeFrame.Heartbeat)
        {
            HearMyself(BinaryPrimitives.ReadInt64BigEndian(body.Span));
            return;
        }

        try
        {
            _handlers[frame[1]]?.Invoke(body);
        }
#pragma warning disable CA1031 // The pump is everybody's; a message that one handler chokes on is lost, and what is lost is made good.
        catch (Exception error)
#pragma warning restore CA1031
        {
            NodeLog.HandlerFailed(_logger, frame[1], error);
            Doubt();
        }
    }

    private void HearMyself(long number)
    {
        if (number != _beatsHeard + 1 && _beatsHeard > 0)
        {
            Doubt();
        }

        _beatsHeard = number;
        Volatile.Write(ref _heardAt, _clock.GetTimestamp());
        _heard.TrySetResult();
    }
}
