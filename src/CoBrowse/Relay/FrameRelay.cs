using CoPilot.CoBrowse.Frames;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using Microsoft.Extensions.Logging;

namespace CoPilot.CoBrowse.Relay;

/// <summary>
/// One session's way from the customer's connection, which is on this node, to the agents' connections, wherever they are. Frames pass while the session is live, its
/// page is in scope and the connection is the one that has it; nothing that came in before is left when that ends. Thread-safe.
/// <para><b>Order.</b> Each watcher gets whole frames in their order, beginning with a keyframe; what it was not sent it never gets.</para>
/// <para><b>Slow watchers.</b> Each has a window of its own. One that does not keep up goes on where it was while the frames are kept, and with the next keyframe
/// else; it costs nobody else anything.</para>
/// </summary>
internal sealed partial class FrameRelay : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<FrameWatcher> _watchers = [];
    private readonly FrameBuffer _buffer = new();
    private readonly CheckingBudget _budget;
    private readonly string _sessionId;
    private readonly IFrameSender _sender;
    private readonly TimeProvider _clock;
    private readonly CoBrowseMetrics _metrics;
    private readonly ILogger _logger;

    private FramePublisher? _publisher;
    private bool _isOpen;
    private bool _isRemoved;
    private bool _hasGap;

    public FrameRelay(string sessionId, IFrameSender sender, TimeProvider clock, CoBrowseMetrics metrics, ILogger logger)
    {
        (_sessionId, _sender, _clock, _metrics, _logger) = (sessionId, sender, clock, metrics, logger);
        _budget = new CheckingBudget(clock);
        _timer = clock.CreateTimer(_ => Tend(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A customer's connection speaks for the session here.</summary>
    public bool IsLive => Volatile.Read(ref _publisher) is not null;

    /// <summary>The store has just said that this is so, and that the connection has the session. False when the relay was removed meanwhile.</summary>
    public bool TryFollow(string connectionId, CoBrowseSession session)
    {
        lock (_gate)
        {
            if (_isRemoved)
            {
                return false;
            }

            if (_publisher is null || _publisher.ConnectionId != connectionId || _publisher.FirstSeq != session.FirstSeq)
            {
                Shut();
                _publisher?.Dispose();
                _publisher = new FramePublisher(connectionId, session.FirstSeq, _budget, _clock, _metrics);
            }

            var isOpen = session is { State: SessionStates.Live, Page.InScope: true };
            if (_isOpen && !isOpen)
            {
                Shut();
                _publisher.Restart();
            }
            else if (isOpen && !_isOpen)
            {
                // The browser sends a keyframe by itself, which is waited for as for one that was asked for.
                (_keyframeAt, _isAnswered) = (_clock.GetTimestamp(), false);
            }

            _isOpen = isOpen;
            return true;
        }
    }

    /// <summary>This connection does not speak for the session any more.</summary>
    public void Close(string connectionId)
    {
        lock (_gate)
        {
            if (_publisher?.ConnectionId == connectionId)
            {
                Shut();
                _publisher.Dispose();
                _publisher = null;
            }
        }
    }

    /// <summary>Gone for good, unless a customer is here.</summary>
    public bool TryRemove()
    {
        lock (_gate)
        {
            _isRemoved |= _publisher is null;
            return _isRemoved;
        }
    }

    /// <summary>What the customer's connection published. What nobody may see now is thrown away.</summary>
    public PublishedFrames Take(string connectionId, IReadOnlyList<Frame> frames)
    {
        if (FindPublisher(connectionId, isOpen: false) is not { } publisher)
        {
            return new PublishedFrames(0, null);
        }

        if (FindPublisher(connectionId, isOpen: true) is null)
        {
            _metrics.FramesThrownAway(frames.Count);
            return new PublishedFrames(publisher.Acknowledged, null);
        }

        NoteKeyframe(frames);
        string? refused = null;
        var wait = publisher.Take(frames, (answer, frame) =>
        {
            refused = answer.Verdict == FrameVerdict.Refused ? answer.Reason : null;
            return refused is null && TryKeep(publisher, answer.Verdict, frame);
        });
        lock (_gate)
        {
            if (_publisher == publisher)
            {
                Settle();
            }
        }

        return new PublishedFrames(publisher.Acknowledged, refused, wait);
    }

    /// <summary>Only the latest pointer counts: who is behind does without.</summary>
    public void Move(string connectionId, PointerMovedEvent moved)
    {
        lock (_gate)
        {
            if (!_isOpen || _publisher?.ConnectionId != connectionId || _watchers.Count == 0)
            {
                return;
            }

            var receivers = new List<string>(_watchers.Count);
            foreach (var watcher in _watchers)
            {
                if (watcher.HasRoom)
                {
                    receivers.Add(watcher.ConnectionId);
                }
            }

            if (receivers.Count > 0)
            {
                _sender.Send(receivers, moved);
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _publisher?.Dispose();
    }

    private FramePublisher? FindPublisher(string connectionId, bool isOpen)
    {
        lock (_gate)
        {
            return _publisher?.ConnectionId == connectionId && (_isOpen || !isOpen) ? _publisher : null;
        }
    }

    /// <summary>False when the gate was shut meanwhile.</summary>
    private bool TryKeep(FramePublisher publisher, FrameVerdict verdict, KeptFrame? frame)
    {
        lock (_gate)
        {
            if (_publisher != publisher || !_isOpen)
            {
                return false;
            }

            if (verdict == FrameVerdict.KeyframeWanted)
            {
                (_hasGap, _isAnswered) = (true, true);
            }

            if (frame is not null)
            {
                Keep(frame);
            }

            return true;
        }
    }

    private void Keep(KeptFrame frame)
    {
        _buffer.Add(frame);
        _metrics.FrameTaken(frame.Bytes);
        if (!frame.IsKeyframe)
        {
            return;
        }

        (_hasGap, _isAnswered) = (false, true);
        foreach (var watcher in _watchers)
        {
            if (watcher.Next > 0 && watcher.Next < frame.Seq)
            {
                _metrics.FramesSkipped(frame.Seq - watcher.Next);
            }

            watcher.Begin(frame.Seq);
        }
    }

    /// <summary>Nothing of what came in is passed on any more.</summary>
    private void Shut()
    {
        _isOpen = false;
        _hasGap = false;
        _buffer.Clear();
        foreach (var watcher in _watchers)
        {
            watcher.Forget();
            watcher.Next = 0;
        }
    }
}

/// <param name="Acknowledged">The last frame that was taken whole, or 0.</param>
/// <param name="Refused">Why, when a frame was one that no honest browser sends.</param>
/// <param name="Wait">Nothing was taken: too much of this session's had to be checked lately.</param>
internal readonly record struct PublishedFrames(long Acknowledged, string? Refused, TimeSpan? Wait = null);
