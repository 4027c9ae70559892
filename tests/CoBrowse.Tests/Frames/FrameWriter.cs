using System.IO.Compression;
using System.Text;
using CoPilot.CoBrowse.Frames;

namespace CoPilot.CoBrowse.Tests.Frames;

/// <summary>The browser's half of the stream: deflates events, ends each frame in a sync flush and cuts it into pieces.</summary>
internal sealed class FrameWriter : IDisposable
{
    public const int PieceBytes = 16_384;

    private MemoryStream _compressed = new();
    private DeflateStream? _stream;

    public long Seq { get; set; }

    public static string Document(string body = "", string head = "") =>
        """{"type":4,"data":{"href":"","width":800,"height":600},"timestamp":1},{"type":2,"data":{"node":{"type":0,"id":1,"childNodes":[{"type":2,"id":2,"tagName":"html","attributes":{},"childNodes":[{"type":2,"id":3,"tagName":"head","attributes":{},"childNodes":["""
        + head + """]},{"type":2,"id":4,"tagName":"body","attributes":{},"childNodes":[""" + body + """]}]}]},"initialOffset":{"left":0,"top":0}},"timestamp":1}""";

    public static string Scroll(int y) => $$"""{"type":3,"data":{"source":3,"id":1,"x":0,"y":{{y}}},"timestamp":2}""";

    public List<FramePart> Keyframe(string body = "") => Frame(true, $"[{Document(body)}]");

    public List<FramePart> Increment(string events) => Frame(false, $"[{events}]");

    public List<FramePart> Frame(bool keyframe, string json) => Frame(keyframe, Encoding.UTF8.GetBytes(json));

    public List<FramePart> Frame(bool keyframe, byte[] json)
    {
        if (keyframe)
        {
            _stream?.Dispose();
            _compressed = new MemoryStream();
            _stream = new DeflateStream(_compressed, CompressionLevel.Fastest, leaveOpen: true);
        }

        var start = (int)_compressed.Length;
        _stream!.Write(json);
        _stream.Flush();
        return Cut(++Seq, keyframe, _compressed.ToArray()[start..]);
    }

    public static List<FramePart> Cut(long seq, bool keyframe, byte[] data)
    {
        var pieces = data.Chunk(PieceBytes).ToList();
        return [.. pieces.Select((piece, index) => new FramePart(seq, keyframe, index, pieces.Count, piece))];
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _compressed.Dispose();
    }
}
