using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Conversations;

public abstract partial class ConversationStoreSpecification
{
    [Fact]
    public async Task Create_New_WaitsWithItsCustomerAndFirstMessage()
    {
        var created = await Store.CreateAsync(New(firstMessageId: "first", firstText: "Where is my order?")).Within();

        Assert.Equal((Id, "demo", "contact-1", ContactStates.Waiting, 1L), (created.ConversationId, created.SiteId, created.ContactId, created.State, created.LastSeq));
        Assert.Equal("12", created.Customer.Answers!["order"]);
        Assert.Null(created.Agent);
        Assert.NotEmpty(created.Epoch);
        var first = Assert.Single((await JoinAsync(Customer)).Messages);
        Assert.Equal((1L, 0L, "first", EntryKinds.Text, "Where is my order?"), (first.Seq, first.After, first.MessageId, first.Kind, first.Text));
        Assert.Equal(Customer.ToAuthor(), first.Author);
        Assert.Equal(1, Assert.Single(Feed.Entries).Seq);
    }

    [Fact]
    public async Task Create_Again_AnswersTheHeadAsItIsAndChangesNothing()
    {
        var created = await Store.CreateAsync(New(firstMessageId: "first", firstText: "Hello")).Within();
        await ServeAsync(Agent);
        await SayAsync(Agent, "m1");
        Feed.Forget();

        var again = await Store.CreateAsync(New(firstMessageId: "other", firstText: "Other")).Within();

        Assert.Equal((created.Epoch, ContactStates.Active, 3L, Agent.ParticipantId), (again.Epoch, again.State, again.LastSeq, again.Agent?.AgentId));
        Assert.Empty(Feed.Announcements);
    }

    [Fact]
    public async Task Create_TwoConversations_HaveEpochsOfTheirOwn()
    {
        var one = await Store.CreateAsync(New("one")).Within();
        var other = await Store.CreateAsync(New("other")).Within();

        Assert.NotEqual(one.Epoch, other.Epoch);
    }

    [Fact]
    public async Task Find_Unknown_IsNull()
    {
        Assert.Null(await Store.FindAsync("unknown").Within());
        await OpenAsync();
        Assert.Equal(Id, (await Store.FindAsync(Id).Within())?.ConversationId);
    }

    [Fact]
    public async Task Append_Messages_HaveDenseSeqFromOne()
    {
        await OpenServedAsync();

        Assert.Equal(2, (await SayAsync(Customer, "m1")).Seq);
        Assert.Equal(3, (await SayAsync(Agent, "m2")).Seq);
        Assert.Equal(4, (await NoteAsync(Agent, "m3")).Seq);
        Assert.Equal([1, 2, 3, 4], Seqs((await JoinAsync(Agent)).Messages));
    }

    [Fact]
    public async Task Append_BehindNotes_NamesThePredecessorThatEachAudienceMaySee()
    {
        await OpenServedAsync();
        await NoteAsync(Agent, "note-1");
        await SayAsync(Customer, "m1");
        await NoteAsync(Agent, "note-2");
        await NoteAsync(Agent, "note-3");
        await SayAsync(Agent, "m2");

        Assert.Equal([(1L, 0L), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5)], (await JoinAsync(Agent)).Messages.Select(entry => (entry.Seq, entry.After)));
        Assert.Equal([(1L, 0L), (3, 1), (6, 3)], (await JoinAsync(Customer)).Messages.Select(entry => (entry.Seq, entry.After)));
        var announced = Feed.Entries[^1];
        Assert.Equal((5L, 3L), (announced.ForAgents().After, announced.ForCustomers().After));
    }

    [Fact]
    public async Task Append_SameIdAgain_AnswersTheFirstResultAndAddsNothing()
    {
        await OpenServedAsync();
        var first = await SayAsync(Customer, "m1", "first words");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(Agent, "m2");

        var again = await SayAsync(Customer, "m1", "other words");

        Assert.Equal(first with { Duplicate = true }, again);
        Assert.Equal([2L, 3L], Feed.Entries.Select(entry => entry.Seq));
        Assert.Equal("first words", (await JoinAsync(Customer)).Messages[1].Text);
    }

    [Fact]
    public async Task Append_SameIdOfAnotherAuthor_IsAnotherMessage()
    {
        await OpenServedAsync();

        var one = await SayAsync(Customer, "m1");
        var other = await SayAsync(Agent, "m1");

        Assert.False(other.Duplicate);
        Assert.Equal(one.Seq + 1, other.Seq);
    }

    [Fact]
    public async Task Append_AnsweredTime_IsTheOneThatIsReadLater()
    {
        await OpenAsync();
        Clock.Advance(TimeSpan.FromTicks(12_345_678));

        var sent = await SayAsync(Customer, "m1");

        Assert.Equal(sent.SentAt, Assert.Single((await JoinAsync(Customer)).Messages).SentAt);
        Assert.Equal(sent.SentAt, Assert.Single(Feed.Entries).SentAt);
        Assert.InRange(Clock.GetUtcNow() - sent.SentAt, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Append_ClockStepsBack_SentAtNeverRunsBackwards()
    {
        await OpenAsync();
        var before = await SayAsync(Customer, "m1");
        Clock.StepWallClock(TimeSpan.FromHours(-1));

        var after = await SayAsync(Customer, "m2");
        Assert.True(after.SentAt >= before.SentAt);

        Clock.StepWallClock(TimeSpan.FromHours(2));
        Assert.True((await SayAsync(Customer, "m3")).SentAt > after.SentAt);
    }

    [Fact]
    public async Task Append_Closed_RefusesWhatIsNewAndRecognisesRepetitions()
    {
        await OpenServedAsync();
        var sent = await SayAsync(Customer, "m1");
        await CloseAsync();
        Feed.Forget();

        Assert.Equal(ErrorCodes.Closed, (await AppendAsync(Customer, "m2")).Refusal?.Code);
        Assert.Equal(sent with { Duplicate = true }, await SayAsync(Customer, "m1"));
        Assert.Empty(Feed.Announcements);
    }

    [Fact]
    public async Task Append_NoteAfterTheEnd_IsAcceptedAndStaysWithAgents()
    {
        await OpenServedAsync();
        await CloseAsync();
        Feed.Forget();

        Assert.False((await NoteAsync(Agent, "n1")).Duplicate);
        Assert.Equal("n1", Assert.Single(Feed.Entries).MessageId);
        Assert.DoesNotContain((await JoinAsync(Customer)).Messages, entry => entry.MessageId == "n1");
        Assert.Equal(ContactStates.Closed, (await JoinAsync(Agent)).Conversation.State);
    }

    [Fact]
    public async Task Append_SameIdFromManyTasks_IsAddedOnce()
    {
        await OpenAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => SayAsync(Customer, "m1")))).Within();

        Assert.Single(results, result => !result.Duplicate);
        Assert.All(results, result => Assert.Equal(1, result.Seq));
        Assert.Single(Feed.Entries);
        Assert.Single((await JoinAsync(Customer)).Messages);
    }

    [Fact]
    public async Task Append_FromManyTasks_IsAnnouncedInTheOrderOfSeq()
    {
        await OpenServedAsync();
        const int PerTask = 25;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(task => Task.Run(async () =>
        {
            for (var i = 0; i < PerTask; i++)
            {
                await SayAsync(task % 2 == 0 ? Customer : Agent, $"m{task}-{i}");
            }
        }))).Within();

        var expected = Enumerable.Range(2, 8 * PerTask).Select(seq => (long)seq);
        Assert.Equal(expected, Feed.Entries.Select(entry => entry.Seq));
        Assert.Equal(expected, Seqs((await JoinAsync(Agent)).Messages).Skip(1));
    }

    [Fact]
    public async Task Append_Answered_WasAnnounced()
    {
        await OpenAsync();

        var sent = await SayAsync(Customer, "m1");

        var announced = Assert.IsType<EntryAppended>(Assert.Single(Feed.Announcements));
        Assert.Equal((Id, sent.Seq, "m1"), (announced.ConversationId, announced.Entry.Seq, announced.Entry.MessageId));
        Assert.Equal((await Store.FindAsync(Id).Within())!.Epoch, announced.Epoch);
    }
}
