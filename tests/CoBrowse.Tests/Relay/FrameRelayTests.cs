using CoPilot.CoBrowse.Relay;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.CoBrowse.Tests.Frames;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Tests.Relay;

/// <summary>Whose frames go to whom, and when.</summary>
public sealed class FrameRelayTests : IDisposable
{
    private readonly RelayWorld _world = new();

    [Fact]
    public void Take_LivePage_SendsWholeFramesAndNothingOfOthers()
    {
        _world.Confirm(RelayWorld.Document());
        _world.Hear(WatcherDeed.Watches);
        var pieces = _world.Browser.Keyframe(FrameIntakeTests.Paragraphs(30_000));

        Assert.Equal(0, _world.Publish(pieces.SkipLast(1)).Acknowledged);
        Assert.Empty(_world.Sends);
        Assert.Equal(1, _world.Publish(pieces[^1..]).Acknowledged);
        _world.Scroll(2);

        Assert.Equal([1, 2, 3], _world.SeenBy("agent"));
        Assert.Equal(pieces.Select(piece => piece.Data), _world.PiecesOf("agent").Take(pieces.Count).Select(piece => piece.Data));
    }

    [Fact]
    public void Take_SeveralWatchers_AreToldInOneSend()
    {
        _world.Confirm(RelayWorld.Document());
        _world.Hear(WatcherDeed.Watches, "one");
        _world.Hear(WatcherDeed.Watches, "two");

        _world.Keyframe();

        Assert.Equal(["one", "two"], Assert.Single(_world.Sends).To);
    }

    [Theory]
    [InlineData(SessionStates.AwaitingConsent, true)]
    [InlineData(SessionStates.Paused, true)]
    [InlineData(SessionStates.Live, false)]
    public void Take_WhileNobodyMaySee_IsThrownAway(string state, bool inScope)
    {
        _world.Confirm(RelayWorld.Document(state, inScope));
        _world.Hear(WatcherDeed.Watches);
        Assert.Equal(0, _world.Keyframe().Acknowledged);
        Move();

        _world.Confirm(RelayWorld.Document());
        _world.Hear(WatcherDeed.Watches, "late");

        Assert.Empty(_world.Sends);
        Assert.Empty(_world.Moves);
        _world.Scroll();
        Assert.Empty(_world.Sends);
        Assert.Equal([RelayWorld.Tab], _world.Asked);
        _world.Keyframe();
        Assert.Equal([3], _world.SeenBy("late"));
    }

    [Theory]
    [InlineData(SessionStates.Paused, true)]
    [InlineData(SessionStates.Live, false)]
    public void Gate_ShutAndOpenedAgain_LeavesNothingOfBefore(string state, bool inScope)
    {
        _world.Confirm(RelayWorld.Document());
        _world.Keyframe();
        _world.Confirm(RelayWorld.Document(state, inScope));
        _world.Hear(WatcherDeed.Watches);
        _world.Hear(WatcherDeed.WantsKeyframe);
        _world.Confirm(RelayWorld.Document());
        _world.Hear(WatcherDeed.Watches, "late");
        Assert.Empty(_world.Sends);

        _world.Scroll();
        Assert.Empty(_world.Sends);
        Assert.Equal([RelayWorld.Tab], _world.Asked);
        _world.Keyframe();
        Assert.Equal(["agent", "late"], Assert.Single(_world.Sends).To);
    }

    [Fact]
    public void Lease_Lost_ShutsAtOnceAndWatchersAreRememberedForTheNextPage()
    {
        _world.Confirm(RelayWorld.Document());
        _world.Hear(WatcherDeed.Watches);
        _world.Keyframe();
        _world.Lose();
        _world.Scroll();
        Move();
        _world.Hear(WatcherDeed.Watches, "late");
        Assert.Equal([1], _world.SeenBy("agent"));
        Assert.Empty(_world.SeenBy("late"));
        Assert.Empty(_world.Moves);

        _world.Confirm(RelayWorld.Document(resumes: 1, connectionId: "next"));
        _world.Browser.Seq = 1 << 20;
        Assert.Equal((1 << 20) + 1, _world.Publish(_world.Browser.Keyframe(), "next").Acknowledged);
        Assert.Equal(default, _world.Keyframe());

        Assert.Equal([1, (1 << 20) + 1], _world.SeenBy("agent"));
        Assert.Equal([(1 << 20) + 1], _world.SeenBy("late"));
    }

    [Fact]
    public void Connection_ThatTakesAnotherSession_ShowsNothingOfTheFirstAnyMore()
    {
        _world.Confirm(RelayWorld.Document());
        _world.Keyframe();

        _world.Confirm(RelayWorld.Document() with { SessionId = "s2" });
        _world.Hear(WatcherDeed.Watches);
        _world.Keyframe();

        Assert.Empty(_world.Sends);
        _world.Clock.Advance(RelayLimits.Remembered);
        _world.Relays.Hear(new WatcherNote(WatcherDeed.Watches, "s3", "agent", "node"));
        Assert.Equal(2, _world.Relays.Count);
    }

    [Fact]
    public void Relays_WhoseCustomerIsGone_AreForgottenAfterAMinute()
    {
        _world.Confirm(RelayWorld.Document());
        _world.Hear(WatcherDeed.Watches);
        _world.Lose();
        Assert.Equal(1, _world.Relays.Count);

        _world.Clock.Advance(RelayLimits.Remembered);
        _world.Relays.Hear(new WatcherNote(WatcherDeed.Watches, "other", "agent", "node"));

        Assert.Equal(1, _world.Relays.Count);
        _world.Confirm(RelayWorld.Document());
        _world.Keyframe();
        Assert.Empty(_world.Sends);
    }

    [Fact]
    public void Take_WhatNoHonestBrowserSends_IsRefusedForGood()
    {
        _world.Confirm(RelayWorld.Document());
        _world.Hear(WatcherDeed.Watches);
        _world.Keyframe();

        Assert.Equal(RefusalReason.Event, _world.Publish(_world.Browser.Increment("""{"type":6,"data":{},"timestamp":1}""")).Refused);
        Assert.Equal(RefusalReason.Event, _world.Keyframe().Refused);
        Assert.Equal([1], _world.SeenBy("agent"));
    }

    [Fact]
    public void Take_MoreThanMayBeChecked_WaitsAndGoesOnWithAKeyframe()
    {
        var body = string.Join(",", Enumerable.Range(10, 50_000).Select(
            id => $$"""{"type":2,"id":{{id}},"tagName":"p","attributes":{},"childNodes":[]}"""));
        _world.Confirm(RelayWorld.Document());
        PublishedFrames answer;
        do
        {
            answer = _world.Keyframe(body);
        }
        while (answer.Wait is null && answer.Acknowledged < 50);

        Assert.InRange(answer.Acknowledged, RelayLimits.CheckedBytesAtOnce / body.Length, (RelayLimits.CheckedBytesAtOnce / body.Length) + 1);
        Assert.NotNull(_world.Keyframe().Wait);
        _world.Lose();
        _world.Confirm(RelayWorld.Document());
        Assert.NotNull(_world.Keyframe().Wait);
        _world.Confirm(RelayWorld.Document(resumes: 1, connectionId: "next"));
        _world.Confirm(RelayWorld.Document());
        _world.Clock.Advance(answer.Wait!.Value + TimeSpan.FromMilliseconds(1));
        Assert.Equal(_world.Browser.Seq + 1, _world.Keyframe().Acknowledged);
    }

    [Fact]
    public void Take_NumbersOfAnotherConnection_AreOfNoUse()
    {
        _world.Confirm(RelayWorld.Document(resumes: 1));
        _world.Hear(WatcherDeed.Watches);

        Assert.Equal(new PublishedFrames(0, null), _world.Keyframe());
        _world.Browser.Seq = 2 << 20;
        Assert.Equal(RefusalReason.Part, _world.Keyframe().Refused);
        Assert.Empty(_world.Sends);
    }

    [Fact]
    public void Watcher_WhoLeavesOrWhoseNodeDies_IsSentNothingMore()
    {
        _world.Confirm(RelayWorld.Document());
        foreach (var agent in new[] { "stays", "leaves", "dies" })
        {
            _world.Hear(WatcherDeed.Watches, agent);
        }

        _world.Hear(WatcherDeed.Leaves, "leaves");
        _world.Relays.Forget(["node of dies"]);
        _world.Keyframe();
        Move();

        Assert.Equal(["stays"], Assert.Single(_world.Sends).To);
        Assert.Equal(["stays"], Assert.Single(_world.Moves).To);
    }

    [Fact]
    public void Watchers_MoreThanThereMayBe_PushTheFirstOut()
    {
        _world.Confirm(RelayWorld.Document());
        for (var i = 0; i <= RelayLimits.Watchers; i++)
        {
            _world.Hear(WatcherDeed.Watches, $"w{i}");
        }

        _world.Keyframe();

        Assert.Equal(Enumerable.Range(1, RelayLimits.Watchers).Select(i => $"w{i}"), Assert.Single(_world.Sends).To.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Note_OverTheBus_IsReadAsItWasWritten()
    {
        var note = new WatcherNote(WatcherDeed.HasShown, "session", "connection-é", "node:1", long.MaxValue - 1);

        Assert.Equal(note, RedisWatcherNews.Read(RedisWatcherNews.Write(note)));
    }

    public void Dispose() => _world.Dispose();

    private void Move() => _world.Relays.Move(RelayWorld.Tab, new PointerMovedEvent(RelayWorld.Session, 1, 2, 3, 4));
}
