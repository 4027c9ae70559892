using System.Collections.Concurrent;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>
/// Which of this node's connections speaks for the customer of which session. The store decides; this is what the node was told last, so that a connection which lost
/// its session is stopped at once, and one that has it need not ask the store each time. Thread-safe.
/// </summary>
public sealed class SessionLeases(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Hold> _byConnection = new(StringComparer.Ordinal);

    /// <summary>The store has just said so.</summary>
    public void Confirm(string connectionId, string siteId, string sessionId) =>
        _byConnection[connectionId] = new Hold(siteId, sessionId, clock.GetTimestamp());

    /// <summary>The store said so less than this long ago, and nothing has been heard to the contrary.</summary>
    public bool IsConfirmed(string connectionId, string sessionId, TimeSpan within) =>
        _byConnection.TryGetValue(connectionId, out var hold) && hold.SessionId == sessionId && clock.GetElapsedTime(hold.ConfirmedAt) < within;

    /// <summary>Another connection has it now, it ended, or this connection is gone. Answers what was held.</summary>
    public (string SiteId, string SessionId)? Lose(string connectionId) =>
        _byConnection.TryRemove(connectionId, out var hold) ? (hold.SiteId, hold.SessionId) : null;

    private sealed record Hold(string SiteId, string SessionId, long ConfirmedAt);
}
