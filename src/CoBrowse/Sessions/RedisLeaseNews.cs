using System.Text;
using CoPilot.CoBrowse.Hubs;
using CoPilot.Realtime.Backplane;
using CoPilot.Realtime.Nodes;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>Over Co-Pilot's own node bus. Made before the bus starts. What the bus may have missed, each connection's next call asks the store.</summary>
internal sealed class RedisLeaseNews : ILeaseNews
{
    /// <summary>The body is the ids of connection and session in UTF-8 with a zero byte between.</summary>
    public const byte LeaseLost = NodeFrame.FirstOfApplication;

    private readonly NodeBus _bus;
    private readonly SessionLeases _leases;

    public RedisLeaseNews(HubRedis<CoBrowseHub> redis, SessionLeases leases)
    {
        (_bus, _leases) = (redis.Bus, leases);
        _bus.Handle(LeaseLost, body => Hear(body.Span));
        _bus.OnRecovery((_, _) =>
        {
            leases.Doubt();
            return Task.CompletedTask;
        });
    }

    public string NodeId => _bus.NodeId;

    public Task LoseAsync(string nodeId, string connectionId, string sessionId)
    {
        if (nodeId == _bus.NodeId)
        {
            _leases.Lose(connectionId, sessionId);
            return Task.CompletedTask;
        }

        return _bus.PublishAsync(nodeId, NodeFrame.Make(LeaseLost, Encoding.UTF8.GetBytes($"{connectionId}\0{sessionId}")));
    }

    private void Hear(ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf((byte)0);
        _leases.Lose(Encoding.UTF8.GetString(body[..end]), Encoding.UTF8.GetString(body[(end + 1)..]));
    }
}
