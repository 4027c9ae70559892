using CoPilot.CoBrowse.Sanitizing;
using CoPilot.CoBrowse.Sessions;

namespace CoPilot.CoBrowse.Frames;

/// <summary>
/// Takes what one customer's browser publishes: puts frames together, inflates them within bounds and has them checked. Frames come
/// out in order, each whole and accepted, as the very pieces that came in. After a refusal every further piece is refused. Never
/// throws for what is in a piece. Not thread-safe; dispose it.
/// </summary>
internal sealed class FrameIntake : IDisposable
{
    /// <summary>One large frame must not cost the rest of a session its buffers: what is larger is shared with other sessions again.</summary>
    public const int KeptElements = 64 * 1024;

    private readonly SanitizerLimits _limits;
    private readonly FrameInflater _inflater;
    private readonly EventCheck _check;
    private readonly List<FramePart> _parts = [];
    private readonly long _end;

    private long _lastSeq;
    private int _bytes;
    private bool _wantsKeyframe = true;
    private bool _askedForKeyframe;
    private string? _refusal;

    /// <param name="firstSeq">The number of the first frame. There are <see cref="CoBrowseSession.FramesOfConnection"/> from there on; more are no honest browser's.</param>
    public FrameIntake(SanitizerRules rules, long firstSeq = 1)
    {
        (_lastSeq, _end) = (firstSeq - 1, firstSeq + CoBrowseSession.FramesOfConnection);
        _limits = rules.Limits;
        _inflater = new FrameInflater(rules.Limits);
        _check = new EventCheck(rules);
    }

    /// <summary>The pieces of the frame that was completed last, until the next piece is taken.</summary>
    public IReadOnlyList<FramePart> Completed => _parts;

    /// <summary>The number of the last frame that was accepted; before the first one, the number before it.</summary>
    public long LastSeq => _lastSeq;

    /// <summary>How much was inflated and checked so far, accepted or not.</summary>
    public long CheckedBytes => _inflater.TotalBytes;

    /// <summary>How many nodes the page has that was shown last.</summary>
    public int Nodes => _check.Nodes;

    /// <summary>How many elements the buffers have room for that stay between frames.</summary>
    public int Capacity => _inflater.Capacity + _check.Capacity;

    public FrameAnswer Take(in FramePart part)
    {
        if (_refusal is not null)
        {
            return FrameAnswer.Refused(_refusal);
        }

        if (part.Seq <= _lastSeq)
        {
            return new FrameAnswer(part.Seq > 0 ? FrameVerdict.Ignored : Refuse(RefusalReason.Part), _refusal);
        }

        if (part.Seq >= _end || !IsPossible(part))
        {
            return new FrameAnswer(Refuse(RefusalReason.Part), _refusal);
        }

        return new FrameAnswer(Place(part) ?? Add(part), _refusal);
    }

    /// <summary>What comes next has to be a keyframe: frames were thrown away, or the page may be another.</summary>
    public void Restart()
    {
        _parts.Clear();
        _bytes = 0;
        _wantsKeyframe = true;
        _askedForKeyframe = false;
    }

    public void Dispose()
    {
        _inflater.Dispose();
        _check.Dispose();
    }

    /// <summary>Only the last piece of a frame is smaller than a call: many small ones would be many messages to every watcher.</summary>
    private bool IsPossible(in FramePart part) =>
        part.Parts >= 1 && part.Parts <= _limits.Parts && part.Part >= 0 && part.Part < part.Parts
        && part.Data.Length > 0 && part.Data.Length <= _limits.CallBytes
        && (part.Part == part.Parts - 1 || part.Data.Length == _limits.CallBytes);

    /// <summary>Whether a piece has no place behind those that are there; null when it has.</summary>
    private FrameVerdict? Place(in FramePart part)
    {
        var pending = _parts.Count > 0 && _parts[0].Seq > _lastSeq;
        if (!pending)
        {
            _parts.Clear();
            _bytes = 0;
        }
        else if (part.Seq == _parts[0].Seq)
        {
            if (part.Keyframe != _parts[0].Keyframe || part.Parts != _parts[0].Parts)
            {
                return Refuse(RefusalReason.Part);
            }

            return part.Part == _parts.Count ? null : part.Part < _parts.Count ? FrameVerdict.Ignored : Gap();
        }
        else if (part.Seq < _parts[0].Seq)
        {
            return FrameVerdict.Ignored;
        }

        if (part.Part == 0 && part.Keyframe)
        {
            // A keyframe needs nothing of what came before it, finished or not.
            _parts.Clear();
            _bytes = 0;
            return null;
        }

        var follows = !pending && part.Part == 0 && part.Seq == _lastSeq + 1 && !_wantsKeyframe;
        return follows ? null : Gap();
    }

    private FrameVerdict Add(in FramePart part)
    {
        _bytes += part.Data.Length;
        if (_bytes > (part.Keyframe ? _limits.KeyframeBytes : _limits.IncrementBytes))
        {
            return Refuse(RefusalReason.TooLarge);
        }

        _parts.Add(part);
        if (_parts.Count < part.Parts)
        {
            return FrameVerdict.Taken;
        }

        var reason = _inflater.Inflate(_parts, _bytes, part.Keyframe, out var events) ?? _check.Check(events, part.Keyframe);
        _check.Trim(KeptElements);
        _inflater.Trim(KeptElements);
        if (reason is not null)
        {
            return Refuse(reason);
        }

        _lastSeq = part.Seq;
        _wantsKeyframe = false;
        _askedForKeyframe = false;
        return FrameVerdict.Complete;
    }

    private FrameVerdict Gap()
    {
        _parts.Clear();
        _bytes = 0;
        _wantsKeyframe = true;
        if (_askedForKeyframe)
        {
            return FrameVerdict.Ignored;
        }

        _askedForKeyframe = true;
        return FrameVerdict.KeyframeWanted;
    }

    private FrameVerdict Refuse(string reason)
    {
        _refusal = reason;
        _parts.Clear();
        return FrameVerdict.Refused;
    }
}
