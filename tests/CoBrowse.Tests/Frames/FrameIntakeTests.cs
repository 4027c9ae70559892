using CoPilot.CoBrowse.Frames;
using CoPilot.CoBrowse.Sanitizing;

namespace CoPilot.CoBrowse.Tests.Frames;

public sealed class FrameIntakeTests : IDisposable
{
    private readonly FrameIntake _intake = new(SanitizerRules.Default);
    private readonly FrameWriter _browser = new();

    [Fact]
    public void Take_KeyframeAndIncrements_CompletesEach()
    {
        Assert.Equal(FrameVerdict.Complete, Take(_browser.Keyframe()));
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(FrameVerdict.Complete, Take(_browser.Increment(FrameWriter.Scroll(i))));
        }

        Assert.Equal(51, _intake.LastSeq);
        Assert.Equal(4, _intake.Nodes);
    }

    [Fact]
    public void Take_FrameInManyPieces_IsCompleteWithTheLastAndGivesThemBack()
    {
        var pieces = _browser.Keyframe(Paragraphs(30_000));
        Assert.InRange(pieces.Count, 3, 100);

        Assert.All(pieces.SkipLast(1), piece => Assert.Equal(FrameVerdict.Taken, _intake.Take(piece).Verdict));
        Assert.Equal(FrameVerdict.Complete, _intake.Take(pieces[^1]).Verdict);
        Assert.Equal(pieces, _intake.Completed);
        Assert.Equal(30_004, _intake.Nodes);
    }

    [Fact]
    public void Take_NextKeyframe_BeginsANewStream()
    {
        Take(_browser.Keyframe());
        Take(_browser.Increment(FrameWriter.Scroll(1)));

        Assert.Equal(FrameVerdict.Complete, Take(_browser.Keyframe(Paragraphs(3))));
        Assert.Equal(FrameVerdict.Complete, Take(_browser.Increment(FrameWriter.Scroll(2))));
        Assert.Equal(7, _intake.Nodes);
    }

    [Fact]
    public void Take_FirstFrameIsNoKeyframe_WantsOneOnce()
    {
        _browser.Keyframe();

        Assert.Equal(FrameVerdict.KeyframeWanted, Take(_browser.Increment(FrameWriter.Scroll(1))));
        Assert.Equal(FrameVerdict.Ignored, Take(_browser.Increment(FrameWriter.Scroll(2))));
        Assert.Equal(FrameVerdict.Complete, Take(_browser.Keyframe()));
        Assert.Equal(FrameVerdict.Complete, Take(_browser.Increment(FrameWriter.Scroll(3))));
    }

    [Fact]
    public void Take_NumberSkipped_WantsAKeyframeAndIgnoresUntilIt()
    {
        Take(_browser.Keyframe());
        _browser.Increment(FrameWriter.Scroll(1));

        Assert.Equal(FrameVerdict.KeyframeWanted, Take(_browser.Increment(FrameWriter.Scroll(2))));
        Assert.Equal(FrameVerdict.Ignored, Take(_browser.Increment(FrameWriter.Scroll(3))));
        Assert.Equal(FrameVerdict.Complete, Take(_browser.Keyframe()));
    }

    [Fact]
    public void Take_PieceSkipped_WantsAKeyframe()
    {
        var pieces = _browser.Keyframe(Paragraphs(30_000));
        _intake.Take(pieces[0]);

        Assert.Equal(FrameVerdict.KeyframeWanted, _intake.Take(pieces[2]).Verdict);
        Assert.Equal(FrameVerdict.Ignored, _intake.Take(pieces[1]).Verdict);
        Assert.Equal(FrameVerdict.Complete, Take(_browser.Keyframe()));
    }

    [Fact]
    public void Take_PieceOrFrameTwice_IsIgnored()
    {
        var pieces = _browser.Keyframe(Paragraphs(30_000));
        _intake.Take(pieces[0]);

        Assert.Equal(FrameVerdict.Ignored, _intake.Take(pieces[0]).Verdict);
        Assert.Equal(FrameVerdict.Complete, Take(pieces[1..]));
        Assert.Equal(FrameVerdict.Ignored, Take(pieces));
        Assert.Equal(FrameVerdict.Complete, Take(_browser.Increment(FrameWriter.Scroll(1))));
    }

    [Fact]
    public void Take_KeyframeBehindAnUnfinishedFrame_TakesItsPlace()
    {
        _intake.Take(_browser.Keyframe(Paragraphs(30_000))[0]);

        Assert.Equal(FrameVerdict.Complete, Take(_browser.Keyframe()));
    }

    [Fact]
    public void Take_SmallFrameBehindALargeOne_HoldsLittleMemory()
    {
        var sheet = string.Concat(Enumerable.Repeat("a{color:red;}", 40_000));
        var style = $$$"""{"type":2,"id":10,"tagName":"style","attributes":{"_cssText":"{{{sheet}}}"},"childNodes":[]}""";
        Assert.InRange(sheet.Length, 4 * FrameIntake.KeptElements, SanitizerRules.Default.Limits.CssUnits);

        Assert.Equal(FrameVerdict.Complete, Take(_browser.Keyframe(style)));
        Assert.Equal(FrameVerdict.Complete, Take(_browser.Increment(FrameWriter.Scroll(1))));

        // A buffer each for the inflated bytes, the text, its tokens, its blocks and what is written.
        Assert.InRange(_intake.Capacity, 0, 5 * FrameIntake.KeptElements);
    }

    [Fact]
    public void Take_RefusedOnce_RefusesForGood()
    {
        Take(_browser.Keyframe());
        Assert.Equal(FrameAnswer.Refused(RefusalReason.Event), _intake.Take(_browser.Increment("""{"type":6,"data":{},"timestamp":1}""")[0]));

        Assert.Equal(FrameAnswer.Refused(RefusalReason.Event), _intake.Take(_browser.Keyframe()[0]));
    }

    public void Dispose()
    {
        _intake.Dispose();
        _browser.Dispose();
    }

    internal static string Paragraphs(int count) => string.Join(',', Enumerable.Range(10, count).Select(id =>
        $$"""{"type":2,"id":{{id}},"tagName":"p","attributes":{},"childNodes":[]}"""));

    private FrameVerdict Take(IEnumerable<FramePart> pieces)
    {
        var verdict = FrameVerdict.Taken;
        foreach (var piece in pieces)
        {
            verdict = _intake.Take(piece).Verdict;
        }

        return verdict;
    }
}
