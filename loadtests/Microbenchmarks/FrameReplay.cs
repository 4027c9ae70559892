using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CoPilot.CoBrowse.Frames;
using CoPilot.CoBrowse.Sanitizing;

namespace CoPilot.Microbenchmarks;

/// <summary>
/// Takes frames that <c>loadtests/CoPilot/measure.mjs</c> recorded as a server would, again and again on one thread, and says what a frame costs in CPU time and how
/// many sessions of this kind one core would carry: only taking in, inflating and checking, not the wire or the fan-out.
/// </summary>
internal static class FrameReplay
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static void Run(string file)
    {
        var recorded = File.ReadLines(file).Select(line => JsonSerializer.Deserialize<RecordedPiece>(line, Web)!);

        // Watchers get each keyframe that they asked for under a number of its own; a stream begins with one.
        var pieces = recorded.SkipWhile(piece => !piece.Keyframe || piece.Part != 0).ToList();
        var frames = pieces.Count(piece => piece.Part == piece.Parts - 1);
        var keyframes = pieces.Count(piece => piece.Keyframe && piece.Part == 0);
        var recordedFor = TimeSpan.FromMilliseconds(pieces[^1].At - pieces[0].At);
        Replay(pieces);

        var rounds = 0;
        var since = Stopwatch.GetTimestamp();
        var cpu = Environment.CpuUsage.UserTime;
        while (Stopwatch.GetElapsedTime(since) < Length)
        {
            Replay(pieces);
            rounds++;
        }

        var used = Environment.CpuUsage.UserTime - cpu;
        var ofASession = used / rounds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | frames (of which keyframes), pieces | {frames} ({keyframes}), {pieces.Count} |
            | bytes compressed | {pieces.Sum(piece => piece.Data.Length)} |
            | recorded in, s | {recordedFor.TotalSeconds:0.0} |
            | CPU time of all of it, ms | {ofASession.TotalMilliseconds:0.00} |
            | CPU time a frame, microseconds | {ofASession.TotalMicroseconds / frames:0.0} |
            | sessions like it that one core takes in | {recordedFor / ofASession:0} |
            | rounds | {rounds} |
            """));
    }

    private static void Replay(List<RecordedPiece> pieces)
    {
        FrameIntake? intake = null;
        try
        {
            var last = 0L;
            foreach (var piece in pieces)
            {
                // Another page's connection counts on; the server then begins anew, as here.
                if (intake is null || (piece.Keyframe && piece.Part == 0 && piece.Seq != last + 1))
                {
                    intake?.Dispose();
                    intake = new FrameIntake(SanitizerRules.Default, piece.Seq);
                }

                last = piece.Seq;
                var answer = intake.Take(new FramePart(piece.Seq, piece.Keyframe, piece.Part, piece.Parts, piece.Data));
                if (answer.Verdict is not (FrameVerdict.Taken or FrameVerdict.Complete))
                {
                    throw new InvalidOperationException($"Frame {piece.Seq} was not taken: {answer.Verdict} {answer.Reason}.");
                }
            }
        }
        finally
        {
            intake?.Dispose();
        }
    }

    private sealed record RecordedPiece(long At, long Seq, bool Keyframe, int Part, int Parts, byte[] Data);
}
