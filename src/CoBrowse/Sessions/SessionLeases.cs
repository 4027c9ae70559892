using System.Collections.Concurrent;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>
/// Which of this node's connections speaks for the customer of which session. The store decides; this is what the node was told last, so that a connection which lost
/// its session is stopped at once, and one that has it need not ask the store each time. Thread-safe.
/// </summary>
public sealed class SessionLeases(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Hold> _byConnection = new(StringComparer.Ordinal);
    private long _losses;

    /// <summary>The connection has the session, which stands like this. Told on the thread of whoever confirmed it.</summary>
    public event Action<string, CoBrowseSession>? Confirmed;

    /// <summary>The connection does not have the session (any more).</summary>
    public event Action<string, string>? Lost;

    /// <summary>Before the store is asked: what is heard between now and its answer may be later than that.</summary>
    public long Ask() => Interlocked.Read(ref _losses);

    /// <summary>The store has just said so. Not believed when the loss was heard of since it was asked; then the next call asks again.</summary>
    /// <param name="asked">What <see cref="Ask"/> said.</param>
    public void Confirm(string connectionId, CoBrowseSession session, long asked)
    {
        var hold = new Hold(session.SiteId, session.SessionId, clock.GetTimestamp());
        if (_byConnection.AddOrUpdate(connectionId, hold, (_, before) => before.LostAt > asked ? before : hold) == hold)
        {
            Confirmed?.Invoke(connectionId, session);
        }
    }

    /// <summary>The store said so less than this long ago, and nothing has been heard to the contrary.</summary>
    public bool IsConfirmed(string connectionId, string sessionId, TimeSpan within) =>
        _byConnection.TryGetValue(connectionId, out var hold) && hold.LostAt == 0 && hold.SessionId == sessionId
        && clock.GetElapsedTime(hold.ConfirmedAt) < within;

    /// <summary>Another connection has it now, or it ended.</summary>
    public void Lose(string connectionId)
    {
        var loss = Interlocked.Increment(ref _losses);
        while (_byConnection.TryGetValue(connectionId, out var hold))
        {
            if (_byConnection.TryUpdate(connectionId, hold with { LostAt = loss }, hold))
            {
                Lost?.Invoke(connectionId, hold.SessionId);
                return;
            }
        }
    }

    /// <summary>The connection is gone. Answers what it held.</summary>
    public (string SiteId, string SessionId)? Forget(string connectionId)
    {
        if (!_byConnection.TryRemove(connectionId, out var hold))
        {
            return null;
        }

        Lost?.Invoke(connectionId, hold.SessionId);
        return hold.LostAt == 0 ? (hold.SiteId, hold.SessionId) : null;
    }

    private sealed record Hold(string SiteId, string SessionId, long ConfirmedAt, long LostAt = 0);
}
