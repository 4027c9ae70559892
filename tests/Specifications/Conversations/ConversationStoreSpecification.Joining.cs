using System.Globalization;
using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Conversations;

public abstract partial class ConversationStoreSpecification
{
    [Fact]
    public async Task Join_WithoutClaim_ReadsFromTheStartWithoutReset()
    {
        await OpenServedAsync();
        await SayAsync(Customer, "m1");

        var joined = await JoinAsync(Customer);

        Assert.False(joined.Reset);
        Assert.False(joined.HasMore);
        Assert.Equal([1, 2], Seqs(joined.Messages));
        Assert.Equal(2, joined.LastVisibleSeq);
        Assert.Equal(Agent.ParticipantId, joined.Conversation.Agent?.AgentId);
    }

    [Fact]
    public async Task Join_AfterAnEntry_ReadsWhatFollows()
    {
        await OpenServedAsync();
        await SayAsync(Customer, "m1");
        await SayAsync(Agent, "m2");
        await SayAsync(Customer, "m3");
        var epoch = (await JoinAsync(Customer)).Conversation.Epoch;

        Assert.Equal([3, 4], Seqs((await JoinAsync(Customer, epoch, 2, "m1")).Messages));
        Assert.Empty((await JoinAsync(Customer, epoch, 4, "m3")).Messages);
        Assert.Equal([3, 4], Seqs((await JoinAsync(Customer, epoch, 2)).Messages));
    }

    [Fact]
    public async Task Join_InPages_ReadsEverythingOnce()
    {
        await OpenServedAsync();
        for (var i = 0; i < 6; i++)
        {
            await NoteAsync(Agent, "note-" + i);
            await SayAsync(Customer, "m" + i);
        }

        var (read, pages) = await ReadInPagesAsync(Customer, pageSize: 3);
        Assert.Equal([1, 3, 5, 7, 9, 11, 13], read);
        Assert.Equal(3, pages);

        // Exactly full pages: the last one must not promise more.
        (read, pages) = await ReadInPagesAsync(Customer, pageSize: 7);
        Assert.Equal((7, 1), (read.Count, pages));
        (read, _) = await ReadInPagesAsync(Agent, pageSize: 4);
        Assert.Equal(Enumerable.Range(1, 13).Select(seq => (long)seq), read);
    }

    [Fact]
    public async Task Join_Customer_SeesNoNotesAndNoLastSeqOfOne()
    {
        await OpenServedAsync();
        await SayAsync(Customer, "m1");
        await NoteAsync(Agent, "note-1");

        var customer = await JoinAsync(Customer);
        var agent = await JoinAsync(Agent);

        Assert.Equal([1, 2], Seqs(customer.Messages));
        Assert.Equal((2L, 3L), (customer.LastVisibleSeq, agent.LastVisibleSeq));
        Assert.Equal(Audiences.Agents, agent.Messages[2].Audience);
    }

    [Fact]
    public async Task Join_Event_HasItsData()
    {
        await OpenServedAsync();

        var entry = Assert.Single((await JoinAsync(Customer)).Messages);

        Assert.Equal((EntryKinds.Event, EventCodes.AgentJoined, Roles.System), (entry.Kind, entry.Text, entry.Author.Role));
        Assert.Equal(EventCodes.AgentJoined, entry.Data!["reason"]);
    }

    [Theory]
    [InlineData(9, "m1")]
    [InlineData(9, null)]
    [InlineData(2, "another")]
    public async Task Join_ClaimThatContradictsTheLog_GetsANewEpochAndReset(long afterSeq, string? afterId)
    {
        await OpenServedAsync();
        await SayAsync(Customer, "m1");
        var epoch = (await JoinAsync(Customer)).Conversation.Epoch;

        var joined = await JoinAsync(Customer, epoch, afterSeq, afterId);

        Assert.True(joined.Reset);
        Assert.NotEqual(epoch, joined.Conversation.Epoch);
        Assert.Equal([1, 2], Seqs(joined.Messages));
        Assert.Equal(joined.Conversation.Epoch, (await Store.FindAsync(Id).Within())!.Epoch);
        await SayAsync(Customer, "m2");
        Assert.Equal(joined.Conversation.Epoch, Assert.IsType<EntryAppended>(Feed.Announcements[^1]).Epoch);
    }

    [Fact]
    public async Task Join_ClaimFromAnotherEpoch_IsResetWithoutANewEpoch()
    {
        await OpenServedAsync();
        await SayAsync(Customer, "m1");
        var epoch = (await JoinAsync(Customer)).Conversation.Epoch;

        foreach (var (afterSeq, afterId) in new[] { (2L, "m1"), (9L, "m9"), (0L, null) })
        {
            var joined = await JoinAsync(Customer, "another epoch", afterSeq, afterId);

            Assert.True(joined.Reset);
            Assert.Equal(epoch, joined.Conversation.Epoch);
            Assert.Equal([1, 2], Seqs(joined.Messages));
        }
    }

    [Fact]
    public async Task Join_ClaimOfNoEpoch_IsReset()
    {
        await OpenServedAsync();
        var epoch = (await JoinAsync(Customer)).Conversation.Epoch;

        var joined = await JoinAsync(Customer, epoch: null, afterSeq: 1);

        Assert.True(joined.Reset);
        Assert.Equal(epoch, joined.Conversation.Epoch);
        Assert.Equal([1], Seqs(joined.Messages));
    }

    /// <summary>Whether a note is there or nothing at all must look the same to a customer, who cannot have seen it.</summary>
    [Theory]
    [InlineData("note-1")]
    [InlineData("guess")]
    [InlineData(null)]
    public async Task Join_CustomersClaimOfANote_IsAnsweredAsIfNothingWereThere(string? afterId)
    {
        await OpenServedAsync();
        await NoteAsync(Agent, "note-1");
        var epoch = (await JoinAsync(Agent, afterSeq: 0)).Conversation.Epoch;
        Assert.False((await JoinAsync(Agent, epoch, 2, "note-1")).Reset);

        var joined = await JoinAsync(Customer, epoch, 2, afterId);

        Assert.True(joined.Reset);
        Assert.NotEqual(epoch, joined.Conversation.Epoch);
        Assert.Equal([1], Seqs(joined.Messages));
    }

    [Fact]
    public async Task Join_ManyContradictoryClaimsAtOnce_MakeOneNewEpoch()
    {
        await OpenServedAsync();
        var epoch = (await JoinAsync(Customer)).Conversation.Epoch;

        var joined = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => JoinAsync(Customer, epoch, 9, "m9")))).Within();

        Assert.All(joined, join => Assert.True(join.Reset));
        Assert.Single(joined.Select(join => join.Conversation.Epoch).Distinct());
    }

    [Fact]
    public async Task Join_WhileOthersAppend_MissesNothing()
    {
        await OpenServedAsync();
        const int Count = 200;
        var appending = Task.Run(async () =>
        {
            for (var i = 0; i < Count; i++)
            {
                await SayAsync(Agent, i.ToString(CultureInfo.InvariantCulture));
            }
        });

        do
        {
            // What was announced before the call does not count: a subscriber had not been there yet.
            var announcedBefore = Feed.Announcements.Count;
            var joined = await JoinAsync(Customer);
            var last = (await Store.FindAsync(Id).Within())!.LastSeq;
            var announced = Feed.Announcements.Skip(announcedBefore).OfType<EntryAppended>().Select(appended => appended.Entry.Seq);
            var heard = Seqs(joined.Messages).Union(announced).Order().ToList();
            Assert.Equal(Enumerable.Range(1, heard.Count).Select(seq => (long)seq), heard);
            Assert.Equal(joined.LastVisibleSeq, joined.Messages[^1].Seq);
            Assert.True(heard.Count >= last - 1, "An entry that is neither in the answer nor announced by now can only be one whose announcement is under way.");
        }
        while (!appending.IsCompleted);
        await appending.Within();
        Assert.Equal(Count + 1, (await JoinAsync(Customer)).Messages.Count);
    }

    private async Task<(List<long> Read, int Pages)> ReadInPagesAsync(Participant participant, int pageSize)
    {
        var (read, pages) = (new List<long>(), 0);
        var page = await JoinAsync(participant, pageSize: pageSize);
        while (true)
        {
            pages++;
            Assert.False(page.Reset);
            Assert.InRange(page.Messages.Count, 0, pageSize);
            read.AddRange(Seqs(page.Messages));
            if (!page.HasMore)
            {
                return (read, pages);
            }

            page = await JoinAsync(participant, page.Conversation.Epoch, read[^1], page.Messages[^1].MessageId, pageSize);
        }
    }
}
