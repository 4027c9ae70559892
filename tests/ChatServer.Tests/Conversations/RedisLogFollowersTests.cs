using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Specifications.Conversations;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Conversations;

public sealed class RedisLogFollowersTests
{
    private readonly RecordingFeed _feed = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly RedisLogFollowers _followers;

    public RedisLogFollowersTests()
    {
        _followers = new RedisLogFollowers(_feed, _clock);
        _followers.Open("c");
        _followers.Start("c", lastSeq: 4);
    }

    [Fact]
    public void Entry_BeforeItsPredecessors_WaitsForThem()
    {
        Hear(7, 5, 6, 8);

        AssertTold(5, 6, 7, 8);
        Assert.Equal(8, _followers.LastOf("c"));
    }

    [Fact]
    public void Entry_ThatTheJoinHasRead_IsToldAgainAndCountsForNothing()
    {
        Hear(3, 4, 5);

        AssertTold(3, 4, 5);
    }

    [Fact]
    public void Entry_WhereAnotherWasTold_SaysThatTheLogWasCutBack()
    {
        Hear(5, 6, 5, 7);

        Assert.Equal([5L, 6L], _feed.Entries.Select(entry => entry.Seq));
        Assert.Equal(new LogLost("c"), _feed.Announcements[^1]);
    }

    [Fact]
    public void Entry_WhileTheFirstJoinAsks_IsToldWhenThatHasRead()
    {
        _followers.Open("d");
        foreach (var seq in new long[] { 3, 2 })
        {
            _followers.Announce(Entry("d", seq));
        }

        Assert.Empty(_feed.Announcements);
        _followers.Start("d", lastSeq: 2);
        _followers.Settle("d");
        AssertTold(2, 3);
    }

    [Fact]
    public void Join_ThatGotNoAnswer_LeavesNothing()
    {
        _followers.Open("d");
        _followers.Announce(Entry("d", 1));
        _followers.Settle("d");
        _followers.Start("d", lastSeq: 0);

        _followers.Announce(Entry("d", 1));

        Assert.Empty(_feed.Announcements);
    }

    [Fact]
    public void Join_OfAnother_ChangesNothing()
    {
        _followers.Open("c");
        _followers.Start("c", lastSeq: 6);
        _followers.Settle("c");

        Hear(5, 6);

        AssertTold(5, 6);
    }

    [Fact]
    public void Close_TellsNobodyAnyMore()
    {
        _followers.Close("c");

        Hear(5);
        _followers.Announce(new MemberRemoved("c", "agent", 5));

        Assert.Empty(_feed.Announcements);
    }

    [Fact]
    public void Removal_ComesBetweenWhatWasSaidBeforeAndItsEvent()
    {
        _followers.Announce(new MemberRemoved("c", "agent", 6));
        Hear(6, 5);

        Assert.Equal(
            ["5", "agent", "6"],
            _feed.Announcements.Select(told => told is EntryAppended entry ? entry.Entry.MessageId : ((MemberRemoved)told).ParticipantId));
    }

    [Fact]
    public void Repetition_TellsWhatWaitedFirstAndNeverLeavesTheRemovedListening()
    {
        _followers.Announce(new MemberRemoved("c", "agent", 10));
        Hear(7, 9);

        _followers.Announce(new EntryRepeated(Entry("c", 9)));
        Hear(8, 6, 10);

        Assert.IsType<MemberRemoved>(_feed.Announcements[0]);
        AssertTold(7, 9, 10);
    }

    [Fact]
    public void Repetition_OfWhatWasTold_TellsNothing()
    {
        Hear(5, 6);
        _followers.Announce(new EntryRepeated(Entry("c", 5)));
        _followers.Announce(new EntryRepeated(Entry("c", 6)));
        Hear(7);

        AssertTold(5, 6, 7);
    }

    [Theory]
    [InlineData("epoch", "another")]
    [InlineData("another", "6")]
    public void Repetition_OfAnotherInThePlaceOfTheLastOneTold_IsTold(string epoch, string messageId)
    {
        Hear(5, 6);
        var entry = Entry("c", 6);
        var another = entry with { Epoch = epoch, Entry = entry.Entry with { MessageId = messageId } };

        _followers.Announce(new EntryRepeated(another));

        Assert.Same(another, _feed.Announcements[^1]);
    }

    [Fact]
    public void Repetition_OfWhatOnlyTheJoinHasRead_IsTold()
    {
        _followers.Announce(new EntryRepeated(Entry("c", 4)));

        AssertTold(4);
    }

    [Fact]
    public void Entry_ThatTheJoinHasRead_IsNotToldBehindOneAfterIt()
    {
        Hear(4, 3, 5);

        AssertTold(4, 5);
    }

    [Fact]
    public void Gap_ThatStays_IsDueForARepairAfterAWhile()
    {
        Hear(6);
        Assert.Empty(_followers.TakeDue());
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["c"], _followers.TakeDue());
        Assert.Empty(_followers.TakeDue());
    }

    [Fact]
    public void Gap_ThatCloses_IsNotDue()
    {
        Hear(6, 5);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(_followers.TakeDue());
    }

    [Fact]
    public void Gap_WithMoreThanAreKept_IsStillSeen()
    {
        for (long seq = 6; seq <= 6 + RedisLogFollower.MostEarly; seq++)
        {
            Hear(seq);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["c"], _followers.TakeDue());
        Hear(5);
        AssertTold(5);
    }

    [Fact]
    public void Gap_BehindTheFirstJoin_IsDueAtOnce()
    {
        _followers.Open("d");
        _followers.Announce(Entry("d", 9));
        _followers.Start("d", lastSeq: 2);

        Assert.Equal(["d"], _followers.TakeDue());
    }

    [Fact]
    public void Doubt_OfWhatIsFollowed_IsDueAtOnce()
    {
        _followers.Doubt("c");
        _followers.Doubt("nobody follows it");

        Assert.Equal(["c"], _followers.TakeDue());
    }

    private static EntryAppended Entry(string conversationId, long seq) => new(
        conversationId,
        "epoch",
        new StoredEntry(
            seq, seq - 1, $"{seq}", EntryKinds.Text, Audiences.All, new Author(Roles.Customer, "customer", "Ada"), "text", DateTimeOffset.UnixEpoch));

    private void Hear(params long[] seqs)
    {
        foreach (var seq in seqs)
        {
            _followers.Announce(Entry("c", seq));
        }
    }

    private void AssertTold(params long[] seqs) => Assert.Equal(seqs, _feed.Entries.Select(entry => entry.Seq));
}
