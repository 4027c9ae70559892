namespace CoPilot.CoBrowse.Frames;

/// <summary>What became of a piece of a frame.</summary>
internal enum FrameVerdict
{
    /// <summary>Kept until the frame is whole.</summary>
    Taken,

    /// <summary>The frame is whole and was accepted: its pieces may be passed on.</summary>
    Complete,

    /// <summary>Seen before, or of no use without the keyframe that was asked for.</summary>
    Ignored,

    /// <summary>Something is missing: the browser has to send a keyframe. Answered once for each gap.</summary>
    KeyframeWanted,

    /// <summary>No honest browser sends this: the session ends, for the reason given.</summary>
    Refused,
}

/// <summary>What became of a piece of a frame, and why if it was refused: one of the sanitizer's reasons.</summary>
internal readonly record struct FrameAnswer(FrameVerdict Verdict, string? Reason = null)
{
    public static FrameAnswer Refused(string reason) => new(FrameVerdict.Refused, reason);
}
