namespace CoPilot.CoBrowse.Frames;

/// <summary>One piece of a frame as it came over the wire. <see cref="Data"/> must not change afterwards: it is passed on as it is.</summary>
internal readonly record struct FramePart(long Seq, bool Keyframe, int Part, int Parts, ReadOnlyMemory<byte> Data);
