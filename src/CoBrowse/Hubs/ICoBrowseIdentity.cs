using CoPilot.CoBrowse.Sessions;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.CoBrowse.Hubs;

/// <summary>Reads who a connection is from what the host's authentication found out. Safe to call from any thread.</summary>
public interface ICoBrowseIdentity
{
    CoBrowseCaller CallerOf(HubCallerContext connection);
}
