using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Relay;

/// <summary>When the customer's browser is asked for a keyframe.</summary>
internal sealed partial class FrameRelay
{
    private readonly ITimer _timer;
    private long? _askedAt;

    /// <summary>A keyframe began to come, or is expected to.</summary>
    private long? _keyframeAt;
    private bool _isAnswered = true;

    /// <summary>A while later, whether or not anything happened meanwhile.</summary>
    private void Tend()
    {
        lock (_gate)
        {
            foreach (var watcher in _watchers)
            {
                watcher.IsHeld = false;
            }

            Settle();
        }
    }

    /// <summary>The customer's browser has begun to send one.</summary>
    private void NoteKeyframe(IReadOnlyList<Frame> frames)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            if (frames[i].Keyframe)
            {
                lock (_gate)
                {
                    _keyframeAt = _clock.GetTimestamp();
                }

                return;
            }
        }
    }

    private bool NeedsKeyframe()
    {
        if (!_isOpen || _publisher is null)
        {
            return false;
        }

        if (_hasGap)
        {
            return true;
        }

        // Before the first frame there is nothing to ask for: it is a keyframe anyway.
        var hasBegun = _buffer.EndSeq > 0;
        foreach (var watcher in _watchers)
        {
            if (watcher.WantsKeyframe || (hasBegun && watcher is { IsIdle: true, IsHeld: false } && IsLost(watcher)))
            {
                return true;
            }
        }

        return false;
    }

    private void AskIfNeeded()
    {
        if (!NeedsKeyframe())
        {
            return;
        }

        var wait = Remaining(_askedAt, RelayLimits.AskEvery);
        if (!_isAnswered)
        {
            wait = Later(wait, Remaining(_askedAt, RelayLimits.AskAgain));
            wait = Later(wait, Remaining(_keyframeAt, RelayLimits.AskAgain));
        }

        if (wait > TimeSpan.Zero)
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
            return;
        }

        (_askedAt, _isAnswered) = (_clock.GetTimestamp(), false);
        _metrics.KeyframeAsked();
        _sender.Ask(_publisher!.ConnectionId, new KeyframeRequestedEvent(_sessionId));
        _timer.Change(RelayLimits.AskAgain, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Remaining(long? since, TimeSpan whole) => since is { } from ? whole - _clock.GetElapsedTime(from) : TimeSpan.Zero;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
