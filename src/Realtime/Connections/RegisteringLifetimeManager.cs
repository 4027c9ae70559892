using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Connections;

/// <summary>
/// The lifetime manager of a node that is alone: SignalR's own, whose connections and groups are in <see cref="HubConnections{THub}"/>. Every send through
/// <c>IHubContext</c> goes there, so that all have its bound and its order; invocations that await a client's answer stay SignalR's.
/// </summary>
internal sealed class RegisteringLifetimeManager<THub>(
    HubConnections<THub> connections, ILogger<DefaultHubLifetimeManager<THub>> logger) : DefaultHubLifetimeManager<THub>(logger)
    where THub : Hub
{
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        connections.Add(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        connections.Remove(connection.ConnectionId);
        return base.OnDisconnectedAsync(connection);
    }

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connectionId);
        ArgumentNullException.ThrowIfNull(groupName);
        connections.JoinGroup(connectionId, groupName);
        return Task.CompletedTask;
    }

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connectionId);
        ArgumentNullException.ThrowIfNull(groupName);
        connections.LeaveGroup(connectionId, groupName);
        return Task.CompletedTask;
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendAllExceptAsync(methodName, args, [], cancellationToken);

    public override Task SendAllExceptAsync(
        string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default)
    {
        connections.SendToAll(HubConnections<THub>.Serialise(methodName, args), excludedConnectionIds);
        return Task.CompletedTask;
    }

    public override Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        connections.Send(connectionId, methodName, args);
        return Task.CompletedTask;
    }

    public override Task SendConnectionsAsync(
        IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        connections.Send(connectionIds, methodName, args);
        return Task.CompletedTask;
    }

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendGroupExceptAsync(groupName, methodName, args, [], cancellationToken);

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        var message = HubConnections<THub>.Serialise(methodName, args);
        for (var i = 0; i < groupNames.Count; i++)
        {
            connections.SendToGroup(groupNames[i], message, []);
        }

        return Task.CompletedTask;
    }

    public override Task SendGroupExceptAsync(
        string groupName,
        string methodName,
        object?[] args,
        IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default)
    {
        connections.SendToGroup(groupName, HubConnections<THub>.Serialise(methodName, args), excludedConnectionIds);
        return Task.CompletedTask;
    }

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        connections.SendToUser(userId, methodName, args);
        return Task.CompletedTask;
    }

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        connections.SendToUsers(userIds, methodName, args);
        return Task.CompletedTask;
    }
}
