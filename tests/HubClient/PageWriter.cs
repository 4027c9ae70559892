using System.IO.Compression;
using System.Text;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.HubClient;

/// <summary>Frames as a customer's browser makes them: events are deflated in one stream from keyframe to keyframe, and each frame ends in a sync flush. Not thread-safe.</summary>
public sealed class PageWriter(long firstSeq = 1) : IDisposable
{
    private MemoryStream _compressed = new();
    private DeflateStream? _stream;

    public long NextSeq { get; set; } = firstSeq;

    /// <summary>An empty page, or one with these nodes in its body.</summary>
    public IReadOnlyList<Frame> Keyframe(string body = "") => Write(true, $"[{Document(body)}]");

    /// <summary>The page is scrolled to there.</summary>
    public IReadOnlyList<Frame> Scroll(int y) => Write(false, $$"""[{"type":3,"data":{"source":3,"id":1,"x":0,"y":{{y}}},"timestamp":2}]""");

    /// <summary>Paragraphs whose classes nobody can deflate much: a page of some bytes.</summary>
    public static string Paragraphs(int count, int seed = 1)
    {
#pragma warning disable CA5394 // Contents of a test.
        var random = new Random(seed);
        return string.Join(',', Enumerable.Range(10, count).Select(id =>
            $$$"""{"type":2,"id":{{{id}}},"tagName":"p","attributes":{"class":"_{{{random.GetString("abcdefghijklmnopqrstuvwxyz234567", 8)}}}"},"childNodes":[]}"""));
#pragma warning restore CA5394
    }

    /// <summary>Whatever the text holds, compressed as a frame.</summary>
    public IReadOnlyList<Frame> Write(bool keyframe, string events)
    {
        if (keyframe)
        {
            _stream?.Dispose();
            _compressed = new MemoryStream();
            _stream = new DeflateStream(_compressed, CompressionLevel.Fastest, leaveOpen: true);
        }

        _compressed.SetLength(0);
        _stream!.Write(Encoding.UTF8.GetBytes(events));
        _stream.Flush();
        return Cut(NextSeq++, keyframe, _compressed.ToArray());
    }

    public static IReadOnlyList<Frame> Cut(long seq, bool keyframe, byte[] data)
    {
        var pieces = data.Chunk(Limits.FrameBytes).ToList();
        return [.. pieces.Select((piece, part) => new Frame(seq, keyframe, part, pieces.Count, piece))];
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _compressed.Dispose();
    }

    private static string Document(string body) =>
        """{"type":4,"data":{"href":"","width":800,"height":600},"timestamp":1},{"type":2,"data":{"node":{"type":0,"id":1,"childNodes":[{"type":2,"id":2,"tagName":"html","attributes":{},"childNodes":[{"type":2,"id":3,"tagName":"head","attributes":{},"childNodes":[]},{"type":2,"id":4,"tagName":"body","attributes":{},"childNodes":["""
        + body + """]}]}]},"initialOffset":{"left":0,"top":0}},"timestamp":1}""";
}
