namespace CoPilot.CoBrowse.Relay;

/// <summary>One connection of an agent that watches: what it gets next, and what it was sent and has not shown yet. Not thread-safe.</summary>
/// <param name="nodeId">Holds the connection.</param>
internal sealed class FrameWatcher(string connectionId, string nodeId)
{
    private readonly Queue<(long Seq, int Bytes)> _unshown = new();
    private int _unshownBytes;

    public string ConnectionId => connectionId;

    public string NodeId => nodeId;

    /// <summary>The number of the frame that it gets next; 0 when it has no place in any stream.</summary>
    public long Next { get; set; }

    /// <summary>It cannot go on from what it has: the next keyframe is for it, whatever else is on its way.</summary>
    public bool WantsKeyframe { get; private set; }

    /// <summary>Frames did not get to its node; nothing is sent to it for a moment.</summary>
    public bool IsHeld { get; set; }

    /// <summary>The keyframe from which it was begun anew at its own wish.</summary>
    public long BegunAnewAt { get; private set; }

    public bool IsIdle => _unshown.Count == 0;

    public bool HasRoom => !IsHeld && _unshown.Count < RelayLimits.WindowFrames && _unshownBytes < RelayLimits.WindowBytes;

    public void Sent(KeptFrame frame)
    {
        Next = frame.Seq + 1;
        _unshown.Enqueue((frame.Seq, frame.Bytes));
        _unshownBytes += frame.Bytes;
    }

    public void Shown(long seq)
    {
        while (_unshown.TryPeek(out var first) && first.Seq <= seq)
        {
            _unshownBytes -= _unshown.Dequeue().Bytes;
        }
    }

    /// <summary>Nothing of what is on its way will be shown.</summary>
    public void Forget()
    {
        _unshown.Clear();
        _unshownBytes = 0;
    }

    public void Want()
    {
        WantsKeyframe = true;
        Forget();
    }

    /// <summary>Its next frame is this keyframe.</summary>
    public void Begin(long keyframe)
    {
        if (WantsKeyframe)
        {
            Forget();
        }

        (Next, WantsKeyframe) = (keyframe, false);
    }

    /// <summary>As it asked, from a keyframe that is here.</summary>
    public void BeginAnew(long keyframe)
    {
        Forget();
        (Next, WantsKeyframe, BegunAnewAt) = (keyframe, false, keyframe);
    }
}
