using System.Collections.Concurrent;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts.CoBrowse;
using Microsoft.Extensions.Logging;

namespace CoPilot.CoBrowse.Relay;

/// <summary>
/// The relays of this node: of the sessions whose customer is connected here, and for <see cref="RelayLimits.Remembered"/> of those whose customer was or is about to
/// be, because who watches them may be known first. Thread-safe.
/// </summary>
internal sealed class FrameRelays : IDisposable
{
    private readonly ConcurrentDictionary<string, FrameRelay> _relays = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string SessionId, long Since)> _forsaken = new();
    private readonly IFrameSender _sender;
    private readonly TimeProvider _clock;
    private readonly CoBrowseMetrics _metrics;
    private readonly ILogger<FrameRelays> _logger;

    public FrameRelays(SessionLeases leases, IFrameSender sender, TimeProvider clock, CoBrowseMetrics metrics, ILogger<FrameRelays> logger)
    {
        (_sender, _clock, _metrics, _logger) = (sender, clock, metrics, logger);
        leases.Confirmed += Follow;
        leases.Lost += Close;
        metrics.ObserveRelays(() => _relays.Values.Count(relay => relay.IsLive));
    }

    /// <summary>Relays that are remembered, live or not.</summary>
    public int Count => _relays.Count;

    public PublishedFrames Take(string sessionId, string connectionId, IReadOnlyList<Frame> frames) =>
        _relays.TryGetValue(sessionId, out var relay) ? relay.Take(connectionId, frames) : default;

    public void Move(string connectionId, PointerMovedEvent moved)
    {
        if (_relays.TryGetValue(moved.SessionId, out var relay))
        {
            relay.Move(connectionId, moved);
        }
    }

    public void Hear(WatcherNote note)
    {
        // What only makes sense for a watcher who is known makes no relay.
        if (note.Deed is WatcherDeed.Leaves or WatcherDeed.HasShown)
        {
            if (_relays.TryGetValue(note.SessionId, out var known))
            {
                known.TryHear(note);
            }

            return;
        }

        while (!Find(note.SessionId, isForsaken: true).TryHear(note))
        {
            // Removed in this moment: there is another now, or room for one.
        }
    }

    /// <summary>Who watched from these nodes is gone.</summary>
    public void Forget(IReadOnlyCollection<string> nodeIds)
    {
        foreach (var relay in _relays.Values)
        {
            relay.Forget(nodeIds);
        }
    }

    public void Dispose()
    {
        foreach (var relay in _relays.Values)
        {
            relay.Dispose();
        }
    }

    private void Follow(string connectionId, CoBrowseSession session)
    {
        while (!Find(session.SessionId, isForsaken: false).TryFollow(connectionId, session))
        {
            // As above.
        }
    }

    private void Close(string connectionId, string sessionId)
    {
        if (_relays.TryGetValue(sessionId, out var relay))
        {
            relay.Close(connectionId);
            _forsaken.Enqueue((sessionId, _clock.GetTimestamp()));
        }

        Sweep();
    }

    private FrameRelay Find(string sessionId, bool isForsaken)
    {
        if (_relays.TryGetValue(sessionId, out var relay))
        {
            return relay;
        }

        Sweep();
        var added = new FrameRelay(sessionId, _sender, _clock, _metrics, _logger);
        relay = _relays.GetOrAdd(sessionId, added);
        if (relay != added)
        {
            added.Dispose();
        }
        else if (isForsaken)
        {
            _forsaken.Enqueue((sessionId, _clock.GetTimestamp()));
        }

        return relay;
    }

    /// <summary>Only when relays come and go. On a node where none do, the last ones stay beyond their minute; they hold no page.</summary>
    private void Sweep()
    {
        while (_forsaken.TryPeek(out var oldest) && _clock.GetElapsedTime(oldest.Since) >= RelayLimits.Remembered && _forsaken.TryDequeue(out oldest))
        {
            if (_relays.TryGetValue(oldest.SessionId, out var relay) && relay.TryRemove())
            {
                _relays.TryRemove(oldest.SessionId, out _);
                relay.Dispose();
            }
        }
    }
}
