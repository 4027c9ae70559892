using System.Buffers.Binary;
using System.Text;
using CoPilot.CoBrowse.Hubs;
using CoPilot.Realtime.Backplane;
using CoPilot.Realtime.Nodes;

namespace CoPilot.CoBrowse.Relay;

/// <summary>Over Co-Pilot's own node bus. Made before the bus starts.</summary>
internal sealed class RedisWatcherNews : IWatcherNews
{
    /// <summary>The body is the deed (1 byte), the number of the frame (8 bytes, big-endian), then the ids of session, connection and its node in UTF-8 with a zero byte between.</summary>
    public const byte WatcherSpoke = NodeFrame.FirstOfApplication + 1;

    private const int Fixed = 1 + sizeof(long);

    private readonly NodeBus _bus;
    private readonly FrameRelays _relays;

    public RedisWatcherNews(HubRedis<CoBrowseHub> redis, FrameRelays relays)
    {
        (_bus, _relays) = (redis.Bus, relays);
        _bus.Handle(WatcherSpoke, body => relays.Hear(Read(body.Span)));
        _bus.OnNodesLost(relays.Forget);
    }

    public string NodeId => _bus.NodeId;

    public Task TellAsync(string nodeId, WatcherNote note)
    {
        if (nodeId == _bus.NodeId)
        {
            _relays.Hear(note);
            return Task.CompletedTask;
        }

        return _bus.PublishAsync(nodeId, NodeFrame.Make(WatcherSpoke, Write(note)));
    }

    internal static byte[] Write(WatcherNote note)
    {
        var ids = $"{note.SessionId}\0{note.ConnectionId}\0{note.NodeId}";
        var body = new byte[Fixed + Encoding.UTF8.GetByteCount(ids)];
        body[0] = (byte)note.Deed;
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(1), note.Seq);
        Encoding.UTF8.GetBytes(ids, body.AsSpan(Fixed));
        return body;
    }

    internal static WatcherNote Read(ReadOnlySpan<byte> body)
    {
        var ids = Encoding.UTF8.GetString(body[Fixed..]).Split('\0');
        return new WatcherNote((WatcherDeed)body[0], ids[0], ids[1], ids[2], BinaryPrimitives.ReadInt64BigEndian(body[1..]));
    }
}
