using System.Collections.Concurrent;
using CoPilot.CoBrowse.Sessions;

namespace CoPilot.CoBrowse.Relay;

/// <summary>Which sessions the agents' connections on this node watch, and which node has each session's customer as far as is known. Thread-safe.</summary>
internal sealed class Watchings(IWatcherNews news)
{
    private readonly ConcurrentDictionary<string, List<(string SessionId, string NodeId)>> _byConnection = new(StringComparer.Ordinal);

    /// <summary>The session was just read, and the agent may watch it.</summary>
    public Task TellAsync(WatcherDeed deed, string connectionId, CoBrowseSession session, long shown = 0)
    {
        if (session.Lease is not { } lease || session.IsEnded)
        {
            return Task.CompletedTask;
        }

        var watched = _byConnection.GetOrAdd(connectionId, _ => []);
        lock (watched)
        {
            watched.RemoveAll(known => known.SessionId == session.SessionId);
            if (watched.Count == RelayLimits.WatchedSessions)
            {
                watched.RemoveAt(0);
            }

            watched.Add((session.SessionId, lease.NodeId));
        }

        return news.TellAsync(lease.NodeId, new WatcherNote(deed, session.SessionId, connectionId, news.NodeId, shown));
    }

    /// <summary>False when the connection does not watch the session.</summary>
    public async Task<bool> HasShownAsync(string connectionId, string sessionId, long seq)
    {
        if (FindNode(connectionId, sessionId) is not { } nodeId)
        {
            return false;
        }

        await news.TellAsync(nodeId, new WatcherNote(WatcherDeed.HasShown, sessionId, connectionId, news.NodeId, seq));
        return true;
    }

    /// <summary>The connection is gone.</summary>
    public async Task LeaveAsync(string connectionId)
    {
        if (!_byConnection.TryRemove(connectionId, out var watched))
        {
            return;
        }

        foreach (var (sessionId, nodeId) in watched)
        {
            await news.TellAsync(nodeId, new WatcherNote(WatcherDeed.Leaves, sessionId, connectionId, news.NodeId));
        }
    }

    private string? FindNode(string connectionId, string sessionId)
    {
        if (!_byConnection.TryGetValue(connectionId, out var watched))
        {
            return null;
        }

        lock (watched)
        {
            foreach (var known in watched)
            {
                if (known.SessionId == sessionId)
                {
                    return known.NodeId;
                }
            }
        }

        return null;
    }
}
