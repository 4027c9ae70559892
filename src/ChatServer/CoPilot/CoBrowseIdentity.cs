using CoPilot.ChatServer.Identity;
using CoPilot.CoBrowse.Hubs;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Realtime.Connections;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.ChatServer.CoPilot;

/// <summary>Who a connection is, from its token, and the address it comes from.</summary>
internal sealed class CoBrowseIdentity : ICoBrowseIdentity
{
    public CoBrowseCaller CallerOf(HubCallerContext connection)
    {
        var caller = Caller.From(connection.User!);
        var network = ClientNetwork.Of(connection.GetHttpContext()?.Connection.RemoteIpAddress);
        return new CoBrowseCaller(caller.Id, caller.Role, caller.SiteId, caller.Name, caller.IsVerified, connection.ConnectionId, network.ToString());
    }
}
