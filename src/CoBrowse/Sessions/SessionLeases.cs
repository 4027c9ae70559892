using System.Collections.Concurrent;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>
/// Which of this node's connections speaks for the customer of which session. The store decides; this is what the node was told last, so that a connection which lost
/// its session is stopped when that is heard, and one that has it need not ask the store each time. What was not heard lasts until the store is asked again:
/// <see cref="CoBrowseSettings.HeardEvery"/> at the most. A connection has one session at a time: with another, it lost the one before. Thread-safe.
/// </summary>
public sealed class SessionLeases(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Hold> _byConnection = new(StringComparer.Ordinal);
    private long _losses;
    private long _doubted;

    /// <summary>The connection has the session, which stands like this. Told on the thread of whoever confirmed it.</summary>
    public event Action<string, CoBrowseSession>? Confirmed;

    /// <summary>The connection does not have the session (any more).</summary>
    public event Action<string, string>? Lost;

    /// <summary>Before the store is asked: what is heard between now and its answer may be later than that.</summary>
    public long Ask() => Interlocked.Read(ref _losses);

    /// <summary>The store has just said so. Not believed when the loss may have been heard of since it was asked; then the next call asks again.</summary>
    /// <param name="asked">What <see cref="Ask"/> said.</param>
    public void Confirm(string connectionId, CoBrowseSession session, long asked)
    {
        var hold = new Hold(session.SiteId, session.SessionId, clock.GetTimestamp(), asked);
        while (true)
        {
            var before = _byConnection.GetValueOrDefault(connectionId);
            var isSame = before?.SessionId == hold.SessionId;
            if (isSame && before!.LostAt > asked)
            {
                return;
            }

            // Of a session that the connection did not have, a loss left no trace but that there was one of somebody.
            var losses = Interlocked.Read(ref _losses);
            var next = isSame || losses == asked ? hold : hold with { LostAt = losses };
            if (before is null ? _byConnection.TryAdd(connectionId, next) : _byConnection.TryUpdate(connectionId, next, before))
            {
                Tell(connectionId, isSame ? null : before, next, session);
                return;
            }
        }
    }

    /// <summary>The store said so less than this long ago, and nothing has been heard to the contrary.</summary>
    public bool IsConfirmed(string connectionId, string sessionId, TimeSpan within) =>
        _byConnection.TryGetValue(connectionId, out var hold) && hold.LostAt == 0 && hold.SessionId == sessionId
        && hold.Asked >= Interlocked.Read(ref _doubted) && clock.GetElapsedTime(hold.ConfirmedAt) < within;

    /// <summary>Another connection has the session now, or it ended.</summary>
    public void Lose(string connectionId, string sessionId)
    {
        var loss = Interlocked.Increment(ref _losses);
        while (_byConnection.TryGetValue(connectionId, out var hold) && hold.SessionId == sessionId)
        {
            if (_byConnection.TryUpdate(connectionId, hold with { LostAt = loss }, hold))
            {
                Lost?.Invoke(connectionId, sessionId);
                return;
            }
        }
    }

    /// <summary>Losses may have been missed: the next call of every connection asks the store.</summary>
    public void Doubt() => Interlocked.Exchange(ref _doubted, Interlocked.Increment(ref _losses));

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

    private void Tell(string connectionId, Hold? former, Hold hold, CoBrowseSession session)
    {
        if (former is not null)
        {
            Lost?.Invoke(connectionId, former.SessionId);
        }

        if (hold.LostAt == 0)
        {
            Confirmed?.Invoke(connectionId, session);
        }
    }

    /// <param name="Asked">What <see cref="Ask"/> said before the store did.</param>
    private sealed record Hold(string SiteId, string SessionId, long ConfirmedAt, long Asked, long LostAt = 0);
}
