using System.Buffers.Binary;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Nodes;

/// <summary>What this node was sent and has not handled yet, and who handles it.</summary>
/// <param name="doubt">Called when something of it was lost.</param>
internal sealed class NodeInbox(int length, NodeHeartbeat heartbeat, Action doubt, ILogger<NodeBus> logger, NodeMetrics? metrics)
{
    private readonly Channel<byte[]> _received = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(length) { SingleReader = true });
    private readonly Action<ReadOnlyMemory<byte>>?[] _handlers = new Action<ReadOnlyMemory<byte>>?[256];
    private readonly Lock _handling = new();

    public int Count => _received.Reader.Count;

    public void Handle(byte kind, Action<ReadOnlyMemory<byte>> handler) => _handlers[kind] = handler;

    /// <summary>Handles it at once where Redis is held back meanwhile; what would pile up in memory is noted, and a bounded number of them.</summary>
    public void Receive(byte[] frame, bool isHeldBack)
    {
        metrics?.Received();
        if (isHeldBack)
        {
            Dispatch(frame);
        }
        else if (!_received.Writer.TryWrite(frame))
        {
            doubt();
        }
    }

    public async Task PumpAsync(CancellationToken stopping)
    {
        await foreach (var frame in _received.Reader.ReadAllAsync(stopping))
        {
            Dispatch(frame);
        }
    }

    /// <summary>Versions and kinds that this node does not know are passed over.</summary>
    private void Dispatch(byte[] frame)
    {
        if (frame.Length < NodeFrame.HeaderLength || frame[0] != NodeFrame.Version)
        {
            return;
        }

        try
        {
            // What was noted is handled by the pump, also for a moment after frames came to be handled at once.
            lock (_handling)
            {
                Handle(frame[1], frame.AsMemory(NodeFrame.HeaderLength));
            }
        }
#pragma warning disable CA1031 // The pump is everybody's; a message that one handler chokes on is lost, and what is lost is made good.
        catch (Exception error)
#pragma warning restore CA1031
        {
            NodeLog.HandlerFailed(logger, frame[1], error);
            doubt();
        }
    }

    private void Handle(byte kind, ReadOnlyMemory<byte> body)
    {
        if (kind == NodeFrame.Heartbeat)
        {
            heartbeat.Hear(BinaryPrimitives.ReadInt64BigEndian(body.Span));
        }
        else
        {
            _handlers[kind]?.Invoke(body);
        }
    }
}
