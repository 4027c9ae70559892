using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Connections;

namespace CoPilot.ChatServer.Hubs;

/// <summary>Sends this node's chat connections away before it stops.</summary>
internal sealed class ChatHubDrain(HubConnections<ChatHub> connections) : IDrainable
{
    public int OpenConnections => connections.Count;

    /// <summary>Past SignalR's "all", which is everybody on every node.</summary>
    public Task AnnounceAsync(TimeSpan reconnectWithin, CancellationToken cancellationToken)
    {
        connections.SendToAll(nameof(IChatClient.Draining), new DrainingEvent((int)Math.Ceiling(reconnectWithin.TotalSeconds)));
        return Task.CompletedTask;
    }
}
