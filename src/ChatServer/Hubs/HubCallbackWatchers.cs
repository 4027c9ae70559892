using CoPilot.ChatServer.Callbacks;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.ChatServer.Hubs;

/// <summary>As a group of the hub for each call-back that is watched.</summary>
internal sealed class HubCallbackWatchers(IHubContext<ChatHub> hub) : ICallbackWatchers
{
    public Task AddAsync(string connectionId, string contactId, CancellationToken cancellationToken = default) =>
        hub.Groups.AddToGroupAsync(connectionId, ChatGroups.WatchersOf(contactId), cancellationToken);

    public Task RemoveAsync(string connectionId, string contactId, CancellationToken cancellationToken = default) =>
        hub.Groups.RemoveFromGroupAsync(connectionId, ChatGroups.WatchersOf(contactId), cancellationToken);
}
