namespace CoPilot.CoBrowse.Relay;

/// <summary>
/// The frames of the stream that is on: its keyframe and what followed without a hole, as long as that stays within bounds; past them the oldest go, the keyframe
/// first, and never the last. Not thread-safe.
/// </summary>
internal sealed class FrameBuffer
{
    /// <summary>So many places of frames that went are left empty before the others move up.</summary>
    private const int Slack = 256;

    private readonly List<KeptFrame?> _frames = [];
    private int _first;
    private long _bytes;

    public long FirstSeq { get; private set; }

    /// <summary>The number of the next frame, if it goes on with the stream.</summary>
    public long EndSeq => FirstSeq + Count;

    /// <summary>Begins with a keyframe, so that somebody who has nothing can begin there.</summary>
    public bool IsWhole { get; private set; }

    private int Count => _frames.Count - _first;

    public KeptFrame this[long seq] => _frames[_first + (int)(seq - FirstSeq)]!;

    public bool Has(long seq) => seq >= FirstSeq && seq < EndSeq;

    public void Add(KeptFrame frame)
    {
        if (frame.IsKeyframe)
        {
            Clear();
            FirstSeq = frame.Seq;
            IsWhole = true;
        }
        else
        {
            _bytes += frame.Bytes;
        }

        _frames.Add(frame);
        while (Count > 1 && (_bytes > RelayLimits.KeptBytes || Count > RelayLimits.KeptFrames + 1))
        {
            DropFirst();
        }
    }

    public void Clear()
    {
        _frames.Clear();
        (_first, _bytes, FirstSeq, IsWhole) = (0, 0, 0, false);
    }

    private void DropFirst()
    {
        var first = _frames[_first]!;
        _frames[_first++] = null;
        FirstSeq++;
        if (first.IsKeyframe)
        {
            IsWhole = false;
        }
        else
        {
            _bytes -= first.Bytes;
        }

        if (_first == Slack)
        {
            _frames.RemoveRange(0, _first);
            _first = 0;
        }
    }
}
