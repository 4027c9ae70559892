using System.Reflection;
using System.Text.Json;

namespace CoPilot.LoadRunner.Scenarios.Relaying;

/// <summary>What the browser of one customer sent of the demo shop: whole frames, made harmless and compressed there, the first of them a keyframe.</summary>
internal sealed class Recording
{
    private const string Resource = "browsing.frames.jsonl";

    /// <summary>Between the last frame and the first of the next time.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private Recording(IReadOnlyList<RecordedFrame> frames) => Frames = frames;

    public IReadOnlyList<RecordedFrame> Frames { get; }

    /// <summary>Then it can begin anew.</summary>
    public TimeSpan Length => Frames[^1].At + Rest;

    /// <summary>The one that is kept with this scenario: a minute of 114 frames, in which the demo shop is read, scrolled and changed, and three of its pages are opened.</summary>
    public static Recording Kept()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return Read(reader);
    }

    /// <param name="lines">One for each piece of a frame, as <c>loadtests/CoPilot/measure.mjs</c> records them: <c>at</c> in milliseconds since 1970.</param>
    /// <exception cref="InvalidDataException">There is no keyframe in it, or a line is no piece.</exception>
    public static Recording Read(TextReader lines)
    {
        var pieces = new List<RecordedPiece>();
        while (lines.ReadLine() is { Length: > 0 } line)
        {
            pieces.Add(ReadPiece(line));
        }

        var frames = pieces.SkipWhile(piece => piece is not { Keyframe: true, Part: 0 }).GroupBy(piece => piece.Seq).Where(frame => frame.Count() == frame.First().Parts).ToList();
        return frames.Count == 0
            ? throw new InvalidDataException("No keyframe was recorded.")
            : new Recording([.. frames.Select(frame => new RecordedFrame(
                TimeSpan.FromMilliseconds(frame.First().At - frames[0].First().At), frame.First().Keyframe, [.. frame.Select(piece => piece.Data)]))]);
    }

    private static RecordedPiece ReadPiece(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<RecordedPiece>(line, Web)!;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"A line of it is no piece of a frame: {error.Message}", error);
        }
    }

    private sealed record RecordedPiece(long At, long Seq, bool Keyframe, int Part, int Parts, byte[] Data);
}

/// <param name="At">Since the recording began.</param>
/// <param name="Pieces">Each as long as one call may be.</param>
internal sealed record RecordedFrame(TimeSpan At, bool IsKeyframe, IReadOnlyList<byte[]> Pieces)
{
    public int Bytes { get; } = Pieces.Sum(piece => piece.Length);
}
