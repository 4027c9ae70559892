using System.IO.Compression;
using System.Text;
using CoPilot.CoBrowse.Frames;
using CoPilot.CoBrowse.Sanitizing;

namespace CoPilot.CoBrowse.Tests.Frames;

/// <summary>What is sent straight to the hub by somebody who is no browser of ours: always a refusal, never an exception, within bounds.</summary>
public sealed class HostileFrameTests : IDisposable
{
    private static readonly SanitizerLimits Limits = SanitizerRules.Default.Limits;

    private readonly FrameIntake _intake = new(SanitizerRules.Default);
    private readonly FrameWriter _browser = new();

    [Fact]
    public void Take_DeflateBomb_IsGivenUpAtTheRatio()
    {
        var bomb = Deflate(new byte[512 * 1024 * 1024 / 8], CompressionLevel.Optimal);
        Assert.InRange(bomb.Length, 1, 100_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(RefusalReason.Ratio, Refusal(FrameWriter.Cut(1, true, bomb)));

        // It inflates to 64 MB; what is inflated before the ratio is over is about a tenth of that.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40 * 1024 * 1024);
    }

    [Fact]
    public void Take_KeyframeOfTooManyInflatedBytes_IsRefused()
    {
        var json = $"[{FrameWriter.Document()}" + string.Concat(Enumerable.Range(0, 300_000).Select(y => "," + FrameWriter.Scroll(y))) + "]";
        Assert.InRange(json.Length, Limits.KeyframeInflatedBytes, int.MaxValue);

        Assert.Equal(RefusalReason.InflatedTooLarge, Refusal(_browser.Frame(true, json)));
    }

    [Fact]
    public void Take_TooManyCompressedBytes_IsRefusedBeforeInflation()
    {
        var noise = new byte[FrameWriter.PieceBytes];
        new Random(1).NextBytes(noise);
        var taken = 0;
        while (_intake.Take(new FramePart(1, true, taken, Limits.Parts, noise)) is var answer && answer.Verdict == FrameVerdict.Taken)
        {
            taken++;
        }

        Assert.Equal(Limits.KeyframeBytes / FrameWriter.PieceBytes, taken);
        Assert.Equal(FrameAnswer.Refused(RefusalReason.TooLarge), _intake.Take(new FramePart(2, true, 0, 1, noise)));
    }

    [Theory]
    [InlineData(0, 0, 1, 1)]
    [InlineData(-1, 0, 1, 1)]
    [InlineData(1, -1, 1, 1)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 0, 0, 1)]
    [InlineData(1, 0, 257, 1)]
    [InlineData(1, 0, 1, 0)]
    [InlineData(1, 0, 1, 16_385)]
    [InlineData(1, 0, 2, 16_383)]
    public void Take_ImpossiblePiece_IsRefused(long seq, int part, int parts, int bytes) =>
        Assert.Equal(FrameAnswer.Refused(RefusalReason.Part), _intake.Take(new FramePart(seq, true, part, parts, new byte[bytes])));

    [Fact]
    public void Take_PiecesThatContradictEachOther_AreRefused()
    {
        _intake.Take(new FramePart(1, true, 0, 2, new byte[FrameWriter.PieceBytes]));

        Assert.Equal(FrameAnswer.Refused(RefusalReason.Part), _intake.Take(new FramePart(1, true, 1, 3, new byte[1])));
    }

    [Fact]
    public void Take_AMillionNodes_IsRefusedBeforeTheyAreRead()
    {
        var nodes = string.Join(',', Enumerable.Range(10, 1_000_000).Select(id => $$"""{"type":3,"id":{{id}},"textContent":""}"""));

        // Whatever it runs into first, it is not the tree.
        string[] expected = [RefusalReason.Part, RefusalReason.TooLarge, RefusalReason.InflatedTooLarge];
        Assert.Contains(Refusal(_browser.Keyframe(nodes)), expected);
    }

    [Fact]
    public void Take_MoreNodesThanAllowed_AreRefused()
    {
        var nodes = string.Join(',', Enumerable.Range(10, Limits.Nodes).Select(id => $$"""{"type":3,"id":{{id}},"textContent":""}"""));

        Assert.Equal(RefusalReason.TooManyNodes, Refusal(_browser.Keyframe(nodes)));
    }

    [Fact]
    public void Take_MoreNodesThanAllowedLittleByLittle_AreRefused()
    {
        Refusal(_browser.Keyframe());
        string? reason = null;
        for (var id = 10; reason is null && id < 2 * Limits.Nodes; id += 5_000)
        {
            var adds = string.Join(',', Enumerable.Range(id, 5_000).Select(added =>
                $$$"""{"parentId":4,"nextId":null,"node":{"type":3,"id":{{{added}}},"textContent":""}}"""));
            reason = Refusal(_browser.Increment($$"""{"type":3,"data":{"source":0,"removes":[],"adds":[{{adds}}],"texts":[],"attributes":[]},"timestamp":1}"""));
        }

        Assert.Equal(RefusalReason.TooManyNodes, reason);
    }

    [Theory]
    [InlineData(253, null)]
    [InlineData(254, RefusalReason.TooDeep)]
    [InlineData(100_000, RefusalReason.TooDeep)]
    public void Take_DeepTree_IsRefusedBeyondTheLimit(int depth, string? reason)
    {
        var open = string.Concat(Enumerable.Range(10, depth).Select(id => $$"""{"type":2,"id":{{id}},"tagName":"p","attributes":{},"childNodes":["""));

        Assert.Equal(reason, Refusal(_browser.Keyframe(open + string.Concat(Enumerable.Repeat("]}", depth)))));
    }

    [Fact]
    public void Take_DeepNonsense_IsRefused() =>
        Assert.Equal(RefusalReason.Field, Refusal(_browser.Frame(true, new string('[', 400) + new string(']', 400))));

    [Fact]
    public void Take_DeepCss_IsRefused()
    {
        var style = $"width:{string.Concat(Enumerable.Repeat("calc(", 800))}1px{new string(')', 800)};";

        Assert.Equal(RefusalReason.Css, Refusal(_browser.Keyframe($$$"""{"type":2,"id":10,"tagName":"p","attributes":{"style":"{{{style}}}"},"childNodes":[]}""")));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("""[{"type":4}]""")]
    [InlineData("""[{"type":4,"type":4}]""")]
    [InlineData("[] []")]
    public void Take_OtherJson_IsRefused(string json) => Assert.NotNull(Refusal(_browser.Frame(true, json)));

    [Fact]
    public void Take_SomethingBehindTheFrame_IsRefused() =>
        Assert.Equal(RefusalReason.Json, Refusal(_browser.Frame(true, $"[{FrameWriter.Document()}][]")));

    [Theory]
    [InlineData("{}", "\"?\"", RefusalReason.Json)]
    [InlineData("{\"title\":\"?\"}", "\"\"", RefusalReason.Json)]
    [InlineData("{\"?\":\"\"}", "\"\"", RefusalReason.Json)]
    [InlineData("{\"class\":\"_abcdefgh\",\"i?\":\"\"}", "\"\"", RefusalReason.Json)]
    [InlineData("{}", "\"\",\"?\":1", RefusalReason.Field)]
    public void Take_NoUtf8_IsRefused(string attributes, string text, string reason) => Assert.All<byte[]>(
        [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]],
        broken =>
        {
            var body = $$"""{"type":2,"id":10,"tagName":"p","attributes":{{attributes}},"childNodes":[{"type":3,"id":11,"textContent":{{text}}}]}""";
            var pieces = $"[{FrameWriter.Document(body)}]".Split('?').Select(Encoding.UTF8.GetBytes).ToArray();
            using var browser = new FrameWriter();
            using var intake = new FrameIntake(SanitizerRules.Default);

            Assert.Equal(FrameAnswer.Refused(reason), intake.Take(browser.Frame(true, [.. pieces[0], .. broken, .. pieces[1]])[0]));
        });

    [Theory]
    [InlineData("""{"type":2,"id":10,"tagName":"p","attributes":{},"childNodes":[{"type":3,"id":11,"textContent":"\ud800"}]}""", RefusalReason.Json)]
    [InlineData("""{"type":2,"id":10,"tagName":"\udc00","attributes":{},"childNodes":[]}""", RefusalReason.Json)]
    [InlineData("""{"type":2,"id":10,"tagName":"p","attributes":{"\ud800":""},"childNodes":[]}""", RefusalReason.Json)]
    [InlineData("""{"type":2,"id":10,"tagNa\ud800":"p","attributes":{},"childNodes":[]}""", RefusalReason.Field)]
    [InlineData("""{"type":2,"id":10,"tagName":"p","attributes":{},"childNodes":[],"isSha\ud800w":true}""", RefusalReason.Field)]
    public void Take_HalfASurrogatePair_IsRefused(string body, string reason) => Assert.Equal(reason, Refusal(_browser.Keyframe(body)));

    [Fact]
    public void Take_HalfASurrogatePairInAWord_IsRefused() => Assert.Equal(
        RefusalReason.Field, Refusal(_browser.Frame(true, $"[{FrameWriter.Document()}]".Replace("\"id\":1,", "\"id\":1,\"compatMode\":\"Back\\ud800Compat\","))));

    [Fact]
    public void Take_StreamThatEnds_TakesNothingMore()
    {
        using var compressed = new MemoryStream();
        using (var stream = new DeflateStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(Encoding.UTF8.GetBytes($"[{FrameWriter.Document()}]"));
        }

        byte[] flush = [0, 0, 0xFF, 0xFF];
        Assert.Null(Refusal(FrameWriter.Cut(1, true, [.. compressed.ToArray(), .. flush])));

        Assert.NotNull(Refusal(FrameWriter.Cut(2, false, [.. Deflate(Encoding.UTF8.GetBytes($"[{FrameWriter.Scroll(1)}]"), CompressionLevel.Fastest)])));
    }

    [Fact]
    public void Take_CutOffAnywhere_IsNeverCompleteNorAnException()
    {
        var whole = _browser.Keyframe(FrameIntakeTests.Paragraphs(200))[0].Data.ToArray();
        for (var length = 1; length < whole.Length; length++)
        {
            using var intake = new FrameIntake(SanitizerRules.Default);
            Assert.Equal(FrameVerdict.Refused, intake.Take(new FramePart(1, true, 0, 1, whole.AsMemory(0, length))).Verdict);
        }
    }

    [Fact]
    public void Take_AnyBitFlipped_IsRefusedOrStillHarmless()
    {
        var whole = _browser.Keyframe(FrameIntakeTests.Paragraphs(100))[0].Data.ToArray();
        var refused = 0;
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var flipped = (byte[])whole.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            using var intake = new FrameIntake(SanitizerRules.Default);
            refused += intake.Take(new FramePart(1, true, 0, 1, flipped)).Verdict == FrameVerdict.Refused ? 1 : 0;
        }

        // Some flips change a digit of an id or a size, and nothing else.
        Assert.InRange(refused, whole.Length * 8 * 9 / 10, whole.Length * 8);
    }

    public void Dispose()
    {
        _intake.Dispose();
        _browser.Dispose();
    }

    private static byte[] Deflate(byte[] data, CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using var stream = new DeflateStream(compressed, level, leaveOpen: true);
        stream.Write(data);
        stream.Flush();
        return compressed.ToArray();
    }

    private string? Refusal(List<FramePart> pieces)
    {
        FrameAnswer answer = default;
        foreach (var piece in pieces)
        {
            answer = _intake.Take(piece);
        }

        Assert.True(answer.Reason is null || SanitizerRules.Default.Reasons.Contains(answer.Reason));
        Assert.Equal(answer.Verdict == FrameVerdict.Refused, answer.Reason is not null);
        return answer.Reason;
    }
}
