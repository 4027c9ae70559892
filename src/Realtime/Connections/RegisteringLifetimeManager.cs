using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Connections;

/// <summary>
/// SignalR's own lifetime manager, which also enters connections in <see cref="HubConnections{THub}"/>. Sends through <c>IHubContext</c> to a connection,
/// a person or everybody go there too, so that they have its bound and its order; sends to groups stay SignalR's.
/// </summary>
internal class RegisteringLifetimeManager<THub>(
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

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        connections.SendToAll(methodName, args);
        return Task.CompletedTask;
    }
}
