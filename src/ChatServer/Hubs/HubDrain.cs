using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Connections;

namespace CoPilot.ChatServer.Hubs;

/// <summary>Sends this node's connections of all hubs away before it stops.</summary>
internal sealed class HubDrain(IEnumerable<IHubConnections> hubs) : IDrainable
{
    public int OpenConnections => hubs.Sum(hub => hub.Count);

    /// <summary>Past SignalR's "all", which is everybody on every node. Every hub's clients know the event by this name.</summary>
    public Task AnnounceAsync(TimeSpan reconnectWithin, CancellationToken cancellationToken)
    {
        foreach (var hub in hubs)
        {
            hub.SendToAll(nameof(IChatClient.Draining), new DrainingEvent((int)Math.Ceiling(reconnectWithin.TotalSeconds)));
        }

        return Task.CompletedTask;
    }
}
