using System.Collections.Concurrent;
using CoPilot.Realtime.Connections;
using CoPilot.Realtime.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Backplane;

/// <summary>
/// Enters connections in groups and takes them out, on this node or on the one that has the connection, which confirms when it and Redis have done so. Thread-safe.
/// A connection that no node has is nothing to do. Without a confirmation in time, or with Redis out of reach: <see cref="StoreUnavailableException"/>, and
/// the caller may repeat.
/// </summary>
internal sealed class GroupChanges<THub>(
    string hub,
    HubConnections<THub> connections,
    Memberships memberships,
    BackplanePublisher publisher,
    NodeBus bus,
    TimeProvider clock,
    ILogger logger)
    where THub : Hub
{
    /// <summary>A node that lives answers within a moment; one that does not is missed among the living a little later.</summary>
    private static readonly TimeSpan ConfirmedWithin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<bool>> _unconfirmed = new();
    private ulong _lastId;

    public Task ChangeAsync(string connectionId, string group, bool isMember, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connectionId);
        ArgumentNullException.ThrowIfNull(group);
        return connections.Has(connectionId)
            ? ChangeHereAsync(connectionId, group, isMember)
            : ChangeElsewhereAsync(connectionId, group, isMember, cancellationToken);
    }

    /// <summary>Another node asks; the pump does not wait.</summary>
    public void ReceiveChange(ref FrameReader frame)
    {
        var (connectionId, group, isMember) = (frame.Text(), frame.Text(), frame.Byte() == 1);
        var (asker, id) = (frame.Text(), frame.Number());
        _ = ChangeForAsync(asker, id, connectionId, group, isMember);
    }

    public void ReceiveConfirmation(ref FrameReader frame)
    {
        var (id, isDone) = (frame.Number(), frame.Byte() == 1);
        if (_unconfirmed.TryGetValue(id, out var confirmed))
        {
            confirmed.TrySetResult(isDone);
        }
    }

    private Task ChangeHereAsync(string connectionId, string group, bool isMember)
    {
        if (isMember)
        {
            connections.JoinGroup(connectionId, group);
        }
        else
        {
            connections.LeaveGroup(connectionId, group);
        }

        return memberships.SettleAsync(Membership.Group(group));
    }

    private async Task ChangeElsewhereAsync(string connectionId, string group, bool isMember, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        var confirmed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _unconfirmed[id] = confirmed;
        try
        {
            var frame = new FrameWriter(BackplaneFrame.ChangeGroup, hub);
            frame.Text(connectionId);
            frame.Text(group);
            frame.Byte(isMember ? (byte)1 : (byte)0);
            frame.Text(bus.NodeId);
            frame.Number(id);
            var node = await publisher.ToAsync(Membership.Connection(connectionId), frame.ToFrame());
            if (node is not null && !await confirmed.Task.WaitAsync(ConfirmedWithin, clock, cancellationToken))
            {
                throw new StoreUnavailableException("The connection's node could not enter the change of group.");
            }
        }
        catch (TimeoutException error)
        {
            throw new StoreUnavailableException("The connection's node did not confirm the change of group.", error);
        }
        finally
        {
            _unconfirmed.TryRemove(id, out _);
        }
    }

    /// <summary>The connection may have ended meanwhile: then there is nothing to do, and no reason to keep the asker waiting.</summary>
    private async Task<bool> TryChangeHereAsync(string connectionId, string group, bool isMember)
    {
        try
        {
            await ChangeHereAsync(connectionId, group, isMember);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private async Task ChangeForAsync(string asker, ulong id, string connectionId, string group, bool isMember)
    {
        var isDone = await TryChangeHereAsync(connectionId, group, isMember);
        try
        {
            var frame = new FrameWriter(BackplaneFrame.GroupChanged, hub);
            frame.Number(id);
            frame.Byte(isDone ? (byte)1 : (byte)0);
            await publisher.ToNodeAsync(asker, frame.ToFrame());
        }
        catch (StoreUnavailableException)
        {
            // The node bus says so in the log; the asker waits in vain and says so to its caller.
        }
#pragma warning disable CA1031 // Nobody awaits this.
        catch (Exception error)
#pragma warning restore CA1031
        {
            BackplaneLog.GroupChangeFailed(logger, error);
        }
    }
}
