using CoPilot.CoBrowse.Frames;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Relay;

/// <summary>A whole frame that was accepted, as the very pieces that came in. Immutable.</summary>
internal sealed class KeptFrame
{
    public KeptFrame(IReadOnlyList<FramePart> parts)
    {
        Pieces = new Frame[parts.Count];
        for (var i = 0; i < Pieces.Length; i++)
        {
            var part = parts[i];
            Pieces[i] = new Frame(part.Seq, part.Keyframe, part.Part, part.Parts, part.Data);
            Bytes += part.Data.Length;
        }
    }

    public Frame[] Pieces { get; }

    public int Bytes { get; }

    public long Seq => Pieces[0].Seq;

    public bool IsKeyframe => Pieces[0].Keyframe;
}
