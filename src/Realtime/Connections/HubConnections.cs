using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Connections;

/// <summary>
/// This node's open connections of a hub, and the way to tell them something without ever waiting for one. Thread-safe.
/// <para><b>Order.</b> What one thread sends arrives at each connection in the order in which it was sent.</para>
/// <para><b>Cost.</b> A payload is serialised once for each hub protocol in use, however many connections it goes to.</para>
/// <para><b>Slow readers.</b> A connection may have <see cref="HubConnectionLimits.UnansweredSends"/> sends that its transport has not taken; with
/// one more its transport is aborted. It costs nobody else anything; its client sees a lost connection, comes back and asks for what it missed.</para>
/// <para>Sends to connections that are not here, or not any more, are forgotten.</para>
/// </summary>
public sealed class HubConnections<THub>(
    HubConnectionLimits limits, HubConnectionMetrics metrics, ILogger<HubConnections<THub>> logger) : IHubConnections
    where THub : Hub
{
    private static readonly string Name = typeof(THub).Name;

    private readonly ConcurrentDictionary<string, LiveConnection> _connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<LiveConnection>> _users = new(StringComparer.Ordinal);
    private readonly ConnectionGroups _groups = new();

    public int Count => _connections.Count;

    public void Send(string connectionId, string method, params object?[] arguments)
    {
        if (_connections.TryGetValue(connectionId, out var connection))
        {
            Send(connection, Serialise(method, arguments));
        }
    }

    public void Send(IReadOnlyList<string> connectionIds, string method, params object?[] arguments) =>
        Send(connectionIds, Serialise(method, arguments));

    /// <summary>To all connections of the person whom SignalR's <c>IUserIdProvider</c> gave this id.</summary>
    public void SendToUser(string userId, string method, params object?[] arguments) => SendToUsers([userId], method, arguments);

    public void SendToUsers(IReadOnlyList<string> userIds, string method, params object?[] arguments) =>
        SendToUsers(userIds, Serialise(method, arguments));

    public void SendToAll(string method, params object?[] arguments) => SendToAll(Serialise(method, arguments), []);

    /// <summary>To the group's members on this node.</summary>
    public void SendToGroup(string group, string method, params object?[] arguments) => SendToGroup(group, Serialise(method, arguments), []);

    /// <summary>False when the connection is not here or was a member before. A connection leaves its groups when it ends.</summary>
    public bool JoinGroup(string connectionId, string group) =>
        _connections.TryGetValue(connectionId, out var connection) && _groups.Join(connection, group);

    /// <summary>False when the connection is not here or is no member.</summary>
    public bool LeaveGroup(string connectionId, string group) =>
        _connections.TryGetValue(connectionId, out var connection) && _groups.Leave(connection, group);

    /// <summary>Ends the transport; the client sees a lost connection and comes back. False when it is not here or was aborted before.</summary>
    public bool Abort(string connectionId) => _connections.TryGetValue(connectionId, out var connection) && connection.Abort();

    /// <summary>Ends the transports of all connections of the person here.</summary>
    public void AbortUser(string userId)
    {
        if (_users.TryGetValue(userId, out var connections))
        {
            foreach (var connection in connections)
            {
                connection.Abort();
            }
        }
    }

    internal static SerializedHubMessage Serialise(string method, object?[] arguments) => new(new InvocationMessage(method, arguments));

    internal HubConnectionContext? Find(string connectionId) =>
        _connections.TryGetValue(connectionId, out var connection) ? connection.Context : null;

    internal bool Has(string connectionId) => _connections.ContainsKey(connectionId);

    internal bool HasUser(string userId) => _users.ContainsKey(userId);

    internal bool HasGroup(string group) => _groups.Has(group);

    internal void Send(string connectionId, SerializedHubMessage message)
    {
        if (_connections.TryGetValue(connectionId, out var connection))
        {
            Send(connection, message);
        }
    }

    internal void Send(IReadOnlyList<string> connectionIds, SerializedHubMessage message)
    {
        for (var i = 0; i < connectionIds.Count; i++)
        {
            Send(connectionIds[i], message);
        }
    }

    internal void SendToUsers(IReadOnlyList<string> userIds, SerializedHubMessage message)
    {
        for (var i = 0; i < userIds.Count; i++)
        {
            if (_users.TryGetValue(userIds[i], out var connections))
            {
                foreach (var connection in connections)
                {
                    Send(connection, message);
                }
            }
        }
    }

    internal void SendToAll(SerializedHubMessage message, IReadOnlyList<string> excludedConnectionIds)
    {
        var excluded = Excluded(excludedConnectionIds);
        foreach (var (id, connection) in _connections)
        {
            if (excluded is null || !excluded.Contains(id))
            {
                Send(connection, message);
            }
        }
    }

    internal void SendToGroup(string group, SerializedHubMessage message, IReadOnlyList<string> excludedConnectionIds)
    {
        var excluded = Excluded(excludedConnectionIds);
        foreach (var connection in _groups.MembersOf(group))
        {
            if (excluded is null || !excluded.Contains(connection.Id))
            {
                Send(connection, message);
            }
        }
    }

    internal void Add(HubConnectionContext context)
    {
        var connection = new LiveConnection(context, limits.UnansweredSends);
        _connections[connection.Id] = connection;
        if (connection.UserId is { } userId)
        {
            _users.AddOrUpdate(userId, [connection], (_, others) => others.Add(connection));
        }

        metrics.Opened(Name);
    }

    /// <summary>Answers the groups that it was in; none when it was not here.</summary>
    internal IReadOnlyCollection<string> Remove(string connectionId)
    {
        if (!_connections.TryRemove(connectionId, out var connection))
        {
            return [];
        }

        if (connection.UserId is { } userId)
        {
            RemoveFromUser(userId, connection);
        }

        metrics.Closed(Name);
        return _groups.LeaveAll(connection);
    }

    private static HashSet<string>? Excluded(IReadOnlyList<string> connectionIds) =>
        connectionIds.Count == 0 ? null : new HashSet<string>(connectionIds, StringComparer.Ordinal);

    private void Send(LiveConnection connection, SerializedHubMessage message)
    {
        if (connection.TrySend(message, logger))
        {
            metrics.Sent(Name, 1);
        }
        else
        {
            metrics.AbortedSlow(Name);
        }
    }

    private void RemoveFromUser(string userId, LiveConnection connection)
    {
        // The person's other connections open and close meanwhile; an exchange that finds them changed is tried again.
        while (_users.TryGetValue(userId, out var connections))
        {
            var others = connections.Remove(connection);
            var isExchanged = others.IsEmpty
                ? _users.TryRemove(KeyValuePair.Create(userId, connections))
                : _users.TryUpdate(userId, others, connections);
            if (isExchanged)
            {
                return;
            }
        }
    }
}
