using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Conversations;

public abstract partial class ConversationStoreSpecification
{
    public static TheoryData<string, string> Strangers => new()
    {
        { "customer-2", Roles.Customer },
        { OtherAgent.ParticipantId, Roles.Agent },
        { "supervisor-1", Roles.Supervisor },

        // An id of the other kind must not open the door either.
        { Customer.ParticipantId, Roles.Agent },
        { Agent.ParticipantId, Roles.Customer },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task AnyCall_ByAStranger_FindsNothingAndChangesNothing(string id, string role)
    {
        await OpenServedAsync();
        await AssertNotFoundAsync(Id, new Participant(id, role, "Stranger"));
        Assert.Empty(Feed.Announcements);
        Assert.Single((await JoinAsync(Agent)).Messages);
    }

    [Fact]
    public async Task AnyCall_OfAnUnknownConversation_FindsNothing()
    {
        await AssertNotFoundAsync("unknown", Customer);
        await AssertNotFoundAsync("unknown", Agent);
    }

    [Fact]
    public async Task AnyCall_ByAFormerAgent_FindsNothing()
    {
        await OpenServedAsync();
        await ServeAsync(OtherAgent);
        Feed.Forget();

        await AssertNotFoundAsync(Id, Agent);
        Assert.Empty(Feed.Announcements);
        Assert.Equal(2, (await JoinAsync(OtherAgent)).Messages.Count);
    }

    [Fact]
    public async Task Customer_Closed_StillReads()
    {
        await OpenServedAsync();
        await CloseAsync();

        var joined = await JoinAsync(Customer);

        Assert.Equal((ContactStates.Closed, 2L), (joined.Conversation.State, joined.LastVisibleSeq));
        Assert.True((await Store.MarkReadAsync(Id, Customer, 2).Within()).IsAccepted);
    }

    [Fact]
    public async Task MarkRead_OnlyMovesForward()
    {
        await OpenServedAsync();
        await SayAsync(Customer, "m1");
        await SayAsync(Customer, "m2");
        Feed.Forget();

        Assert.True((await Store.MarkReadAsync(Id, Agent, 2).Within()).Value);
        Assert.False((await Store.MarkReadAsync(Id, Agent, 2).Within()).Value);
        Assert.False((await Store.MarkReadAsync(Id, Agent, 1).Within()).Value);
        Assert.False((await Store.MarkReadAsync(Id, Agent, -1).Within()).Value);

        Assert.Equal([new MarkedRead(Id, Agent.ParticipantId, Agent.Role, 2, 2)], Feed.Announcements);
        Assert.Equal(2, (await JoinAsync(Customer)).ReadBy[Agent.ParticipantId]);
    }

    [Fact]
    public async Task MarkRead_BeyondTheLog_StopsAtTheLastVisibleEntry()
    {
        await OpenServedAsync();
        await SayAsync(Customer, "m1");
        await NoteAsync(Agent, "note-1");

        await Store.MarkReadAsync(Id, Customer, long.MaxValue).Within();
        await Store.MarkReadAsync(Id, Agent, long.MaxValue).Within();

        var readBy = (await JoinAsync(Agent)).ReadBy;
        Assert.Equal((2L, 3L), (readBy[Customer.ParticipantId], readBy[Agent.ParticipantId]));
    }

    [Fact]
    public async Task MarkRead_OnANote_TellsCustomersNothingOfIt()
    {
        await OpenServedAsync();
        await SayAsync(Customer, "m1");
        await Store.MarkReadAsync(Id, Agent, 2).Within();
        await NoteAsync(Agent, "note-1");
        Feed.Forget();

        await Store.MarkReadAsync(Id, Agent, 3).Within();

        Assert.Equal([new MarkedRead(Id, Agent.ParticipantId, Agent.Role, 3, null)], Feed.Announcements);
        Assert.Equal(2, (await JoinAsync(Customer)).ReadBy[Agent.ParticipantId]);

        await SayAsync(Customer, "m2");
        await NoteAsync(Agent, "note-2");
        Feed.Forget();
        await Store.MarkReadAsync(Id, Agent, 5).Within();
        Assert.Equal([new MarkedRead(Id, Agent.ParticipantId, Agent.Role, 5, 4)], Feed.Announcements);
    }

    [Fact]
    public async Task SetTyping_IsAnnouncedAndNotKept()
    {
        await OpenServedAsync();

        Assert.True((await Store.SetTypingAsync(Id, Customer, typing: true).Within()).IsAccepted);

        Assert.Equal([new TypingSet(Id, Customer.ToAuthor(), Typing: true)], Feed.Announcements);
        Assert.Single((await JoinAsync(Agent)).Messages);
    }

    [Fact]
    public async Task Member_WithoutAName_AppearsUnderTheOneThatIsKnown()
    {
        await OpenServedAsync();
        var nameless = Customer with { Name = null };

        await SayAsync(nameless, "m1");
        await Store.SetTypingAsync(Id, nameless, typing: true).Within();

        Assert.Equal(Customer.Name, (await JoinAsync(Agent)).Messages[^1].Author.Name);
        Assert.Equal(Customer.Name, Assert.IsType<TypingSet>(Feed.Announcements[^1]).Author.Name);
    }

    [Fact]
    public async Task SetTyping_Closed_IsRefused()
    {
        await OpenServedAsync();
        await CloseAsync();
        Feed.Forget();

        Assert.Equal(ErrorCodes.Closed, (await Store.SetTypingAsync(Id, Customer, typing: true).Within()).Refusal?.Code);
        Assert.Empty(Feed.Announcements);
    }

    private async Task AssertNotFoundAsync(string conversationId, Participant stranger)
    {
        var append = await Store.AppendAsync(new AppendCommand(conversationId, stranger, "m", EntryKinds.Text, Audiences.All, "hello")).Within();
        var join = await Store.JoinAsync(new JoinCommand(conversationId, stranger, null, 0, null, 10)).Within();
        var read = await Store.MarkReadAsync(conversationId, stranger, 1).Within();
        var typing = await Store.SetTypingAsync(conversationId, stranger, typing: true).Within();

        Assert.All(
            [append.Refusal, join.Refusal, read.Refusal, typing.Refusal],
            refusal => Assert.Equal(ErrorCodes.NotFound, refusal?.Code));
    }
}
