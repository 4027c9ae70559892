using CoPilot.CoBrowse.Frames;
using CoPilot.CoBrowse.Relay;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.CoBrowse.Tests.Frames;
using CoPilot.Contracts;

namespace CoPilot.CoBrowse.Tests.Relay;

/// <summary>Watchers who come late, do not keep up or cannot go on, and when the customer's browser is asked for a keyframe.</summary>
public sealed class WatcherPaceTests : IDisposable
{
    private readonly RelayWorld _world = new();

    public WatcherPaceTests() => _world.Confirm(RelayWorld.Document());

    [Fact]
    public void Watches_LateOrAgain_BeginsAtTheKeyframeThatIsKept()
    {
        _world.Keyframe();
        _world.Scroll(3);

        _world.Hear(WatcherDeed.Watches);
        Assert.Equal([1, 2, 3, 4], _world.SeenBy("agent"));
        _world.Hear(WatcherDeed.Watches);
        _world.Scroll();

        Assert.Equal([1, 2, 3, 4, 5], _world.SeenBy("agent"));
        Assert.Empty(_world.Asked);
    }

    [Fact]
    public void Window_OfOneWatcherFull_HoldsBackThatOneOnly()
    {
        _world.Hear(WatcherDeed.Watches, "slow");
        _world.Hear(WatcherDeed.Watches, "quick");
        _world.Keyframe();
        for (var i = 0; i < 99; i++)
        {
            _world.Scroll();
            _world.Hear(WatcherDeed.HasShown, "quick", _world.Browser.Seq);
        }

        Assert.Equal(Numbers(1, 100), _world.SeenBy("quick"));
        Assert.Equal(Numbers(1, RelayLimits.WindowFrames), _world.SeenBy("slow"));

        _world.Hear(WatcherDeed.HasShown, "slow", 10);
        Assert.Equal(Numbers(1, RelayLimits.WindowFrames + 10), _world.SeenBy("slow"));
        _world.Hear(WatcherDeed.HasShown, "slow", RelayLimits.WindowFrames + 10);
        Assert.Equal(Numbers(1, 100), _world.SeenBy("slow"));
        Assert.Empty(_world.Asked);
    }

    [Fact]
    public void Window_FullOfBytes_HoldsBackUntilTheyAreShown()
    {
        _world.Hear(WatcherDeed.Watches);
        _world.Keyframe(Bulk(RelayLimits.WindowBytes));
        _world.Scroll();
        Assert.Equal([1], _world.SeenBy("agent"));

        _world.Hear(WatcherDeed.HasShown, seq: 1);
        Assert.Equal([1, 2], _world.SeenBy("agent"));
    }

    [Fact]
    public void Watcher_BehindWhatIsKept_DropsToTheNextKeyframeAndTheOtherGetsAll()
    {
        _world.Hear(WatcherDeed.Watches, "slow");
        _world.Hear(WatcherDeed.Watches, "quick");
        _world.Keyframe();
        for (var i = 0; i < RelayLimits.KeptFrames + 100; i++)
        {
            _world.Scroll();
            _world.Hear(WatcherDeed.HasShown, "quick", _world.Browser.Seq);
        }

        // Not asked for before they have shown what they got.
        Assert.Empty(_world.Asked);
        _world.Hear(WatcherDeed.HasShown, "slow", RelayLimits.WindowFrames);
        Assert.Equal([RelayWorld.Tab], _world.Asked);
        _world.Scroll();
        _world.Keyframe();
        _world.Scroll();

        var last = _world.Browser.Seq;
        Assert.Equal(Numbers(1, last), _world.SeenBy("quick"));
        Assert.Equal([.. Numbers(1, RelayLimits.WindowFrames), last - 1, last], _world.SeenBy("slow"));
    }

    [Fact]
    public void Watches_WhenTheKeyframeIsKeptNoMore_WaitsForAnother()
    {
        _world.Keyframe();
        _world.Scroll(RelayLimits.KeptFrames + 1);

        _world.Hear(WatcherDeed.Watches);
        Assert.Equal([RelayWorld.Tab], _world.Asked);
        _world.Scroll();
        Assert.Empty(_world.Sends);
        _world.Keyframe();

        Assert.Equal([_world.Browser.Seq], _world.SeenBy("agent"));
    }

    [Fact]
    public void WantsKeyframe_OfOneWhoHasShownNone_GetsTheKeptStreamOnceMore()
    {
        _world.Hear(WatcherDeed.Watches);
        _world.Keyframe();
        _world.Scroll();

        _world.Hear(WatcherDeed.WantsKeyframe);
        Assert.Equal([1, 2, 1, 2], _world.SeenBy("agent"));
        Assert.Empty(_world.Asked);

        // The same again would be of no more use.
        _world.Hear(WatcherDeed.WantsKeyframe);
        Assert.Equal([1, 2, 1, 2], _world.SeenBy("agent"));
        Assert.Equal([RelayWorld.Tab], _world.Asked);
    }

    [Fact]
    public void WantsKeyframe_OfOneWhoCannotGoOn_GetsTheNextWhateverTheWindowHolds()
    {
        _world.Hear(WatcherDeed.Watches);
        _world.Keyframe();
        _world.Scroll(5);
        _world.Hear(WatcherDeed.WantsKeyframe, seq: 3);
        Assert.Equal([RelayWorld.Tab], _world.Asked);
        _world.Scroll(100);
        _world.Keyframe();

        Assert.Equal(_world.Browser.Seq, _world.SeenBy("agent")[^1]);
    }

    [Fact]
    public void Keyframe_AskedForByMany_IsAskedForOnceInAWhile()
    {
        _world.Keyframe();
        _world.Hear(WatcherDeed.WantsKeyframe, "one", 1);
        _world.Hear(WatcherDeed.WantsKeyframe, "two", 1);
        Assert.Single(_world.Asked);
        _world.Keyframe();

        // There is one now; the next is asked for when two seconds have passed, though nothing else happens.
        _world.Hear(WatcherDeed.WantsKeyframe, "one", 2);
        Assert.Single(_world.Asked);
        _world.Clock.Advance(RelayLimits.AskEvery);
        Assert.Equal(2, _world.Asked.Count);

        // It does not come.
        _world.Clock.Advance(RelayLimits.AskEvery);
        Assert.Equal(2, _world.Asked.Count);
        _world.Clock.Advance(RelayLimits.AskAgain - RelayLimits.AskEvery);
        Assert.Equal(3, _world.Asked.Count);
        _world.Keyframe();
        _world.Clock.Advance(RelayLimits.AskAgain);
        Assert.Equal(3, _world.Asked.Count);
    }

    [Fact]
    public void Keyframe_ThatIsOnItsWay_IsWaitedFor()
    {
        var pieces = _world.Browser.Keyframe(FrameIntakeTests.Paragraphs(30_000));
        _world.Publish(pieces[..1]);
        _world.Hear(WatcherDeed.WantsKeyframe);
        _world.Clock.Advance(RelayLimits.AskEvery);
        _world.Publish(pieces[1..^1]);
        _world.Clock.Advance(RelayLimits.AskEvery);
        Assert.Empty(_world.Asked);

        _world.Publish(pieces[^1..]);
        Assert.Equal([1], _world.SeenBy("agent"));
        Assert.Empty(_world.Asked);
    }

    [Fact]
    public void Gap_InWhatTheBrowserSends_AsksForAKeyframe()
    {
        _world.Hear(WatcherDeed.Watches);
        _world.Keyframe();
        _world.Browser.Increment(FrameWriter.Scroll(1));
        _world.Scroll(3);
        Assert.Equal([RelayWorld.Tab], _world.Asked);

        _world.Keyframe();
        Assert.Equal([1, 6], _world.SeenBy("agent"));
    }

    [Fact]
    public void Send_ThatDoesNotArrive_IsMadeGoodALittleLater()
    {
        _world.Hear(WatcherDeed.Watches);
        _world.Keyframe();
        _world.IsBackplaneAway = true;
        _world.Scroll();
        _world.IsBackplaneAway = false;
        _world.Scroll();
        Assert.Equal([1], _world.SeenBy("agent"));

        _world.Clock.Advance(RelayLimits.AskEvery);
        Assert.Equal([1, 1, 2, 3], _world.SeenBy("agent"));
        Assert.Empty(_world.Asked);
    }

    /// <summary>Whatever happens in whatever order: what a watcher was sent is a stream that can be read, and nothing of it came in while nobody might see the page.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Watchers_InRandomHistories_GetStreamsThatCanBeRead(int seed)
    {
#pragma warning disable CA5394 // Repeatable on purpose.
        var random = new Random(seed);
        var (isOpen, isHeld, sent, resumes) = (true, true, 0, 0);
        string[] agents = ["a", "b", "c"];
        _world.Keyframe();
        for (var i = 0; i < 800; i++)
        {
            var agent = agents[random.Next(agents.Length)];
            switch (random.Next(100))
            {
                case < 55:
                    _world.Scroll(random.Next(12));
                    break;
                case < 60:
                    _world.Keyframe(Bulk(random.Next(20_000)));
                    break;
                case < 62:
                    _world.Browser.Increment(FrameWriter.Scroll(0));
                    break;
                case < 80:
                    _world.Hear(WatcherDeed.HasShown, agent, _world.LastSeenBy(agent));
                    break;
                case < 85:
                    _world.Hear(WatcherDeed.Watches, agent);
                    break;
                case < 87:
                    _world.Hear(WatcherDeed.Leaves, agent);
                    break;
                case < 90:
                    _world.Hear(WatcherDeed.WantsKeyframe, agent, _world.LastSeenBy(agent));
                    break;
                case < 93:
                    isOpen = !isOpen;
                    isHeld = Confirm(isOpen, resumes);
                    break;
                case < 94:
                    _world.Lose(_world.Connection);
                    isHeld = false;
                    break;
                case < 95:
                    isHeld = Confirm(isOpen, resumes);
                    break;
                case < 96:
                    _world.Connection = $"tab{++resumes}";
                    _world.Browser.Seq = resumes * CoBrowseSession.FramesOfConnection;
                    isHeld = Confirm(isOpen, resumes);
                    break;
                case < 97:
                    _world.Confirm(RelayWorld.Document(connectionId: _world.Connection) with { SessionId = "another" });
                    isHeld = false;
                    break;
                default:
                    _world.Clock.Advance(TimeSpan.FromSeconds(random.Next(4)));
                    break;
            }

            Assert.True((isOpen && isHeld) || sent == _world.Sends.Count, "Something was sent while nobody might see the page.");

            sent = _world.Sends.Count;
        }
#pragma warning restore CA5394
        Assert.All(agents, agent =>
        {
            Assert.NotEmpty(_world.SeenBy(agent));
            AssertReadable([.. _world.PiecesOf(agent)]);
        });
    }

    public void Dispose() => _world.Dispose();

    private bool Confirm(bool isOpen, int resumes)
    {
        _world.Confirm(RelayWorld.Document(isOpen ? SessionStates.Live : SessionStates.Paused, resumes: resumes, connectionId: _world.Connection));
        return true;
    }

    private static long[] Numbers(long from, long to) => [.. Enumerable.Range((int)from, (int)(to - from + 1)).Select(number => (long)number)];

    /// <summary>Nodes that deflate to at least so many bytes.</summary>
    private static string Bulk(int bytes)
    {
#pragma warning disable CA5394 // Repeatable on purpose.
        var random = new Random(bytes);
        return string.Join(',', Enumerable.Range(10, bytes / 5).Select(id =>
            $$$"""{"type":2,"id":{{{id}}},"tagName":"p","attributes":{"class":"_{{{random.GetString("abcdefghijklmnopqrstuvwxyz234567", 8)}}}"},"childNodes":[]}"""));
#pragma warning restore CA5394
    }

    /// <summary>By a reader who begins anew at each keyframe that is no later than what it has, as a viewer does that was loaded again.</summary>
    private static void AssertReadable(IReadOnlyList<Contracts.CoBrowse.Frame> pieces)
    {
        var reader = new FrameIntake(SanitizerRules.Default);
        foreach (var piece in pieces)
        {
            var firstSeq = ((piece.Seq - 1) / CoBrowseSession.FramesOfConnection * CoBrowseSession.FramesOfConnection) + 1;
            if (piece is { Keyframe: true, Part: 0 } && (piece.Seq <= reader.LastSeq || firstSeq > reader.LastSeq))
            {
                reader.Dispose();
                reader = new FrameIntake(SanitizerRules.Default, firstSeq);
            }

            var verdict = reader.Take(new FramePart(piece.Seq, piece.Keyframe, piece.Part, piece.Parts, piece.Data)).Verdict;
            Assert.True(verdict is FrameVerdict.Taken or FrameVerdict.Complete, $"{piece.Seq} {piece.Part}/{piece.Parts}: {verdict}");
        }

        reader.Dispose();
    }
}
