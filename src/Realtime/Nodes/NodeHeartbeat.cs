using System.Buffers.Binary;
using System.Collections.Frozen;
using CoPilot.Realtime.Redis;

namespace CoPilot.Realtime.Nodes;

/// <summary>
/// The node's heartbeats: numbered words to itself through Redis, which at the same time say to everybody that it lives. One that does not come back, or not in
/// turn, means that others' frames may be lost too. Thread-safe; <see cref="Hear"/> is called by the pump alone.
/// </summary>
internal sealed class NodeHeartbeat(
    RedisConnections redis, RedisKeys keys, string nodeId, TimeProvider clock, NodeBusSettings settings, NodeDoubts doubts) : IDisposable
{
    private static readonly RedisScript Beat = RedisScript.Load(typeof(NodeHeartbeat).Assembly, "node_beat");

    private readonly SemaphoreSlim _gate = new(1);
    private volatile TaskCompletionSource _heard = new();
    private long _sent;
    private long _lastHeard;
    private long _heardAt;

    /// <summary>The first heartbeat after the subscription; earlier ones may be missing without meaning anything.</summary>
    private long _first = long.MaxValue;

    public LiveNodes Live { get; } = new(clock, settings.DeadAfter);

    public bool IsHeard => clock.GetElapsedTime(Volatile.Read(ref _heardAt)) < settings.SilenceAllowed;

    /// <summary>Answers the nodes that are dead since the last heartbeat.</summary>
    public async Task<IReadOnlyCollection<string>> BeatAsync(bool isFirst, CancellationToken cancellationToken)
    {
        // One at a time, so that they arrive in the order of their numbers.
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var number = ++_sent;
            if (isFirst)
            {
                _heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                Volatile.Write(ref _first, number);
            }

            return await BeatAsync(number, isFirst);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Whether the first heartbeat, or one after it, comes back in time: then the subscription works.</summary>
    public async Task<bool> IsHeardAgainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _heard.Task.WaitAsync(settings.SilenceAllowed, clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public void Hear(long number)
    {
        var first = Volatile.Read(ref _first);
        if (number < first)
        {
            return;
        }

        if (number > first && number != _lastHeard + 1)
        {
            doubts.Raise();
        }

        _lastHeard = number;
        Volatile.Write(ref _heardAt, clock.GetTimestamp());
        _heard.TrySetResult();
    }

    public void Dispose() => _gate.Dispose();

    private async Task<IReadOnlyCollection<string>> BeatAsync(long number, bool isFirst)
    {
        var body = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(body, number);
        var reply = await redis.EvaluateAsync(
            Beat,
            [keys.Nodes],
            [nodeId, keys.NodeChannelPrefix + nodeId, NodeFrame.Make(NodeFrame.Heartbeat, body), (long)settings.DeadAfter.TotalMilliseconds]);
        var answer = (RedisReply[])reply;
        var ids = new List<string>(answer.Length);
        for (var i = 1; i < answer.Length; i++)
        {
            ids.Add((string)answer[i]);
        }

        var wasListed = (long)answer[0] == 1;
        if (!wasListed && !isFirst)
        {
            // Others took this node for dead, and may have taken it out of what it had entered itself in.
            doubts.Raise();
        }

        return Live.Update(ids.ToFrozenSet(StringComparer.Ordinal), wasListed);
    }
}
