using System.Diagnostics.CodeAnalysis;
using CoPilot.Realtime.Connections;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Backplane;

/// <summary>
/// Makes the hubs of several nodes one: what is sent to a connection, group, user or everybody arrives on whichever node they are. Thread-safe.
/// <para><b>Here.</b> Local connections are told directly, through <see cref="HubConnections{THub}"/> with its bounds and order.</para>
/// <para><b>Elsewhere.</b> Redis keeps which nodes have members of a name; the script that looks them up tells them, each on its one channel, in one round
/// trip. What one node sends to a name arrives in the order in which it was sent; it may be lost with a connection to Redis, never doubled.</para>
/// <para><b>Redis away.</b> What needs Redis throws <see cref="StoreUnavailableException"/> after the local part was done. Connecting, disconnecting
/// and leaving groups does not fail; Redis is told when it is back.</para>
/// </summary>
internal sealed class RedisHubLifetimeManager<THub> : HubLifetimeManager<THub>, IBackplaneHub
    where THub : Hub
{
    private readonly HubConnections<THub> _connections;
    private readonly IReadOnlyList<IHubProtocol> _protocols;
    private readonly NodeBus _bus;
    private readonly Memberships _memberships;
    private readonly BackplanePublisher _publisher;
    private readonly GroupChanges<THub> _groups;
    private readonly ClientCalls<THub> _calls;
    private readonly DeadNodeSweep _sweep;
    private readonly ILogger _logger;
    private bool _hasSaidProtocolMissing;

    public RedisHubLifetimeManager(
        HubConnections<THub> connections,
        IHubProtocolResolver protocols,
        RedisConnections redis,
        NodeBus bus,
        BackplanePump pump,
        TimeProvider clock,
        ILogger<RedisHubLifetimeManager<THub>> logger)
    {
        (_connections, _protocols, _bus, _logger) = (connections, protocols.AllProtocols, bus, logger);
        _memberships = new Memberships(HubName, redis, bus.NodeId, clock, IsPresent, logger, pump.Stopping);
        _publisher = new BackplanePublisher(HubName, redis, bus);
        _groups = new GroupChanges<THub>(HubName, connections, _memberships, _publisher, bus, clock, logger);
        _calls = new ClientCalls<THub>(HubName, connections, _publisher, _protocols, bus, logger);
        _sweep = new DeadNodeSweep(HubName, redis, bus, logger);
        pump.Attach(this);
    }

    public string HubName { get; } = typeof(THub).FullName ?? typeof(THub).Name;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        _connections.Add(connection);
        var own = Membership.Connection(connection.ConnectionId);
        return SettleQuietlyAsync(
            connection.UserIdentifier is { } user ? _memberships.SettleAsync(own, Membership.User(user)) : _memberships.SettleAsync(own));
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        var groups = _connections.Remove(connection.ConnectionId);
        var left = new List<Membership>(groups.Count + 2) { Membership.Connection(connection.ConnectionId) };
        if (connection.UserIdentifier is { } user)
        {
            left.Add(Membership.User(user));
        }

        foreach (var group in groups)
        {
            left.Add(Membership.Group(group));
        }

        return SettleQuietlyAsync(_memberships.SettleAsync([.. left]));
    }

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        _groups.ChangeAsync(connectionId, groupName, isMember: true, cancellationToken);

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        _groups.ChangeAsync(connectionId, groupName, isMember: false, cancellationToken);

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendAllExceptAsync(methodName, args, [], cancellationToken);

    public override Task SendAllExceptAsync(
        string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default)
    {
        var message = HubConnections<THub>.Serialise(methodName, args);
        var frame = SendFrame.Make(HubName, null, [], excludedConnectionIds, message, _protocols);
        _connections.SendToAll(message, excludedConnectionIds);
        return _publisher.ToAllAsync(frame);
    }

    public override Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendConnectionsAsync([connectionId], methodName, args, cancellationToken);

    public override Task SendConnectionsAsync(
        IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        var message = HubConnections<THub>.Serialise(methodName, args);
        List<string>? elsewhere = null;
        for (var i = 0; i < connectionIds.Count; i++)
        {
            if (_connections.Has(connectionIds[i]))
            {
                _connections.Send(connectionIds[i], message);
            }
            else
            {
                (elsewhere ??= []).Add(connectionIds[i]);
            }
        }

        return elsewhere is null ? Task.CompletedTask : PublishAsync(MembershipKind.Connection, elsewhere, [], message);
    }

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendGroupExceptAsync(groupName, methodName, args, [], cancellationToken);

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendGroupsExceptAsync(groupNames, methodName, args, []);

    public override Task SendGroupExceptAsync(
        string groupName,
        string methodName,
        object?[] args,
        IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default) =>
        SendGroupsExceptAsync([groupName], methodName, args, excludedConnectionIds);

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendUsersAsync([userId], methodName, args, cancellationToken);

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        var message = HubConnections<THub>.Serialise(methodName, args);
        _connections.SendToUsers(userIds, message);
        return PublishAsync(MembershipKind.User, userIds, [], message);
    }

    public override Task<T> InvokeConnectionAsync<T>(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connectionId);
        return _calls.InvokeAsync<T>(connectionId, methodName, args, cancellationToken);
    }

    public override Task SetConnectionResultAsync(string connectionId, CompletionMessage result)
    {
        _calls.Complete(connectionId, result);
        return Task.CompletedTask;
    }

    public override bool TryGetReturnType(string invocationId, [NotNullWhen(true)] out Type? type) =>
        _calls.TryGetResultType(invocationId, out type);

    void IBackplaneHub.Receive(byte kind, ref FrameReader frame)
    {
        switch (kind)
        {
            case BackplaneFrame.Send:
                Deliver(SendFrame.Read(ref frame));
                break;
            case BackplaneFrame.ChangeGroup:
                _groups.ReceiveChange(ref frame);
                break;
            case BackplaneFrame.GroupChanged:
                _groups.ReceiveConfirmation(ref frame);
                break;
            case BackplaneFrame.Invoke:
                _calls.ReceiveInvoke(ref frame);
                break;
            case BackplaneFrame.Result:
                _calls.ReceiveResult(ref frame);
                break;
            case BackplaneFrame.Probe:
                _calls.ReceiveProbe(ref frame);
                break;
            case BackplaneFrame.Forget:
                _calls.ReceiveForget(ref frame);
                break;
        }
    }

    async Task IBackplaneHub.RecoverAsync(CancellationToken cancellationToken)
    {
        await _publisher.PrepareAsync();
        await _memberships.RegisterAnewAsync().WaitAsync(cancellationToken);
        _sweep.Want();
    }

    void IBackplaneHub.NodesLost(IReadOnlyCollection<string> nodeIds)
    {
        _calls.NodesLost(nodeIds);
        _sweep.Want();
    }

    Task IBackplaneHub.LeaveAsync() => _memberships.LeaveAsync();

    async Task IBackplaneHub.TendAsync(CancellationToken cancellationToken)
    {
        await _calls.ProbeAsync();
        await _sweep.RunAsync(cancellationToken);
    }

    private bool IsPresent(Membership membership) => membership.Kind switch
    {
        MembershipKind.Connection => _connections.Has(membership.Name),
        MembershipKind.Group => _connections.HasGroup(membership.Name),
        _ => _connections.HasUser(membership.Name),
    };

    private Task SendGroupsExceptAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds)
    {
        var message = HubConnections<THub>.Serialise(methodName, args);
        for (var i = 0; i < groupNames.Count; i++)
        {
            _connections.SendToGroup(groupNames[i], message, excludedConnectionIds);
        }

        return PublishAsync(MembershipKind.Group, groupNames, excludedConnectionIds, message);
    }

    private Task PublishAsync(
        MembershipKind kind, IReadOnlyList<string> names, IReadOnlyList<string> excludedConnectionIds, SerializedHubMessage message) =>
        _publisher.ToManyAsync(kind, names, ofBucket => SendFrame.Make(HubName, kind, ofBucket, excludedConnectionIds, message, _protocols));

    private void Deliver(SendFrame send)
    {
        SayMissingProtocol(send.Payloads);
        var message = new SerializedHubMessage(send.Payloads);
        switch (send.Kind)
        {
            case null:
                _connections.SendToAll(message, send.ExcludedConnectionIds);
                break;
            case MembershipKind.Connection:
                _connections.Send(send.Names, message);
                break;
            case MembershipKind.User:
                _connections.SendToUsers(send.Names, message);
                break;
            case MembershipKind.Group:
                foreach (var group in send.Names)
                {
                    _connections.SendToGroup(group, message, send.ExcludedConnectionIds);
                }

                break;
        }
    }

    /// <summary>Once; a connection whose protocol is missing is then aborted by SignalR, which cannot write to it, and comes back.</summary>
    private void SayMissingProtocol(SerializedMessage[] payloads)
    {
        for (var i = 0; i < _protocols.Count && !_hasSaidProtocolMissing; i++)
        {
            if (!Array.Exists(payloads, payload => string.Equals(payload.ProtocolName, _protocols[i].Name, StringComparison.Ordinal)))
            {
                BackplaneLog.ProtocolMissing(_logger, _protocols[i].Name);
                _hasSaidProtocolMissing = true;
            }
        }
    }

    /// <summary>Who comes and goes does not wait for a Redis that is known to be away, and does not fail because of it.</summary>
    private Task SettleQuietlyAsync(Task settling)
    {
        var quietly = QuietlyAsync(settling);
        return _bus.IsReady ? quietly : Task.CompletedTask;
    }

    private static async Task QuietlyAsync(Task settling)
    {
        try
        {
            await settling;
        }
        catch (StoreUnavailableException)
        {
            // Said in the log, and tried again, by the memberships.
        }
    }
}
