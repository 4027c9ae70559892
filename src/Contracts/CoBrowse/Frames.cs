namespace CoPilot.Contracts.CoBrowse;

/// <summary>A piece of a frame; <c>docs/cobrowse-frames.md</c> says what frames hold.</summary>
/// <param name="Seq">Counts frames, first that of <see cref="ResumeSessionResult.NextSeq"/>. The pieces of one frame share it.</param>
/// <param name="Keyframe">Begins a new compressed stream, and needs nothing that came before it.</param>
/// <param name="Part">Of <paramref name="Parts"/>, from 0.</param>
/// <param name="Data">At most <see cref="Limits.FrameBytes"/>.</param>
public sealed record Frame(long Seq, bool Keyframe, int Part, int Parts, ReadOnlyMemory<byte> Data);

/// <param name="Frames">In order; at most <see cref="Limits.FrameBytes"/> of data in all of them.</param>
public sealed record PublishFramesRequest(string SessionId, IReadOnlyList<Frame> Frames);

/// <param name="Acknowledged">The last frame that the server has taken whole, or 0.</param>
public sealed record PublishFramesResult(long Acknowledged);

/// <summary>Where the customer's pointer is, in CSS pixels of the viewport, and how far the page is scrolled.</summary>
public sealed record PublishPointerRequest(string SessionId, double X, double Y, double ScrollX, double ScrollY);

/// <summary>The agent's browser shows every frame up to this one, so that more may be sent to it.</summary>
public sealed record AcknowledgeFramesRequest(string SessionId, long Seq);

/// <summary>The agent's browser has nothing to show, or cannot go on from what it has.</summary>
/// <param name="Seq">The last frame that it has shown, or 0.</param>
public sealed record RequestKeyframeRequest(string SessionId, long Seq);

public sealed record FramesEvent(string SessionId, IReadOnlyList<Frame> Frames);

/// <summary>As in <see cref="PublishPointerRequest"/>.</summary>
public sealed record PointerMovedEvent(string SessionId, double X, double Y, double ScrollX, double ScrollY);

/// <summary>The next frame has to be a keyframe.</summary>
public sealed record KeyframeRequestedEvent(string SessionId);
