using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Connections;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.ChatServer.Hubs;

/// <summary>Sends this node's chat connections away before it stops.</summary>
internal sealed class ChatHubDrain(IHubContext<ChatHub, IChatClient> hub, HubConnections<ChatHub> connections) : IDrainable
{
    public int OpenConnections => connections.Count;

    public Task AnnounceAsync(TimeSpan reconnectWithin, CancellationToken cancellationToken) =>
        hub.Clients.All.Draining(new DrainingEvent((int)Math.Ceiling(reconnectWithin.TotalSeconds)));
}
