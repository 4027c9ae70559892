using System.Text;
using CoPilot.CoBrowse.Hubs;
using CoPilot.Realtime.Backplane;
using CoPilot.Realtime.Nodes;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>Over Co-Pilot's own node bus. Made before the bus starts.</summary>
internal sealed class RedisLeaseNews : ILeaseNews
{
    /// <summary>The body is the connection's id in UTF-8.</summary>
    public const byte LeaseLost = NodeFrame.FirstOfApplication;

    private readonly NodeBus _bus;
    private readonly SessionLeases _leases;

    public RedisLeaseNews(HubRedis<CoBrowseHub> redis, SessionLeases leases)
    {
        (_bus, _leases) = (redis.Bus, leases);
        _bus.Handle(LeaseLost, body => leases.Lose(Encoding.UTF8.GetString(body.Span)));
    }

    public string NodeId => _bus.NodeId;

    public Task LoseAsync(string nodeId, string connectionId)
    {
        if (nodeId == _bus.NodeId)
        {
            _leases.Lose(connectionId);
            return Task.CompletedTask;
        }

        return _bus.PublishAsync(nodeId, NodeFrame.Make(LeaseLost, Encoding.UTF8.GetBytes(connectionId)));
    }
}
