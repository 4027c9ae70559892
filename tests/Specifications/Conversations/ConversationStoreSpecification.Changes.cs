using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Conversations;

public abstract partial class ConversationStoreSpecification
{
    [Fact]
    public async Task Apply_AgentJoins_BecomesMemberAndIsLogged()
    {
        await OpenAsync();

        Assert.True(await ServeAsync(Agent));

        var head = (await Store.FindAsync(Id).Within())!;
        Assert.Equal((ContactStates.Active, Agent.ParticipantId, Agent.Name), (head.State, head.Agent?.AgentId, head.Agent?.Name));
        var entry = Assert.Single((await JoinAsync(Agent)).Messages);
        Assert.Equal((EntryKinds.Event, EventCodes.AgentJoined, Audiences.All), (entry.Kind, entry.Text, entry.Audience));
    }

    [Fact]
    public async Task Apply_Again_ChangesNothing()
    {
        await OpenAsync();
        var change = Change(Agent);
        Assert.True(await Store.ApplyAsync(change).Within());
        Feed.Forget();

        Assert.False(await Store.ApplyAsync(change).Within());

        Assert.Empty(Feed.Announcements);
        Assert.Single((await JoinAsync(Agent)).Messages);
    }

    [Fact]
    public async Task Apply_FromManyTasks_AppliesOnce()
    {
        await OpenAsync();
        var change = Change(Agent);

        var applied = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Store.ApplyAsync(change)))).Within();

        Assert.Single(applied, isApplied => isApplied);
        Assert.Single(Feed.Entries);
    }

    [Fact]
    public async Task Apply_LowerFence_IsIgnored()
    {
        await OpenAsync();
        var early = Change(OtherAgent);
        await ServeAsync(Agent);
        Feed.Forget();

        Assert.False(await Store.ApplyAsync(early).Within());

        Assert.Empty(Feed.Announcements);
        Assert.Equal(Agent.ParticipantId, (await Store.FindAsync(Id).Within())!.Agent?.AgentId);
    }

    [Fact]
    public async Task Apply_AnotherEventOfTheSameFence_IsApplied()
    {
        await OpenAsync();
        var change = Change(Agent);
        await Store.ApplyAsync(change).Within();

        var another = change with { EventId = change.EventId + ":more", Code = "more", KeepsAgent = true };
        Assert.True(await Store.ApplyAsync(another).Within());

        Assert.Equal(["agent_joined", "more"], (await JoinAsync(Agent)).Messages.Select(entry => entry.Text));
    }

    [Fact]
    public async Task Apply_AgentReplaced_IsRemovedBeforeTheEventAndTheNewOneIsMember()
    {
        await OpenServedAsync();

        await ServeAsync(OtherAgent);

        Assert.Collection(
            Feed.Announcements,
            first => Assert.Equal(new MemberRemoved(Id, Agent.ParticipantId, 2), first),
            second => Assert.Equal(2, Assert.IsType<EntryAppended>(second).Entry.Seq));
        Assert.Equal(OtherAgent.ParticipantId, (await Store.FindAsync(Id).Within())!.Agent?.AgentId);
    }

    [Fact]
    public async Task Apply_AgentTakenAway_LeavesTheCustomerAlone()
    {
        await OpenServedAsync();

        await ServeAsync(agent: null);

        Assert.IsType<MemberRemoved>(Feed.Announcements[0]);
        var head = (await Store.FindAsync(Id).Within())!;
        Assert.Equal((ContactStates.Waiting, null), (head.State, head.Agent));
        await SayAsync(Customer, "m1");
        await AssertNotFoundAsync(Id, Agent);
    }

    [Fact]
    public async Task Apply_AgentComesBack_MayReadAll()
    {
        await OpenServedAsync();
        await ServeAsync(agent: null);
        await ServeAsync(Agent);

        Assert.Equal([1, 2, 3], Seqs((await JoinAsync(Agent)).Messages));
    }

    [Fact]
    public async Task Apply_SameAgentAgain_IsNotRemoved()
    {
        await OpenServedAsync();

        await ServeAsync(Agent);

        Assert.IsType<EntryAppended>(Assert.Single(Feed.Announcements));
    }

    [Fact]
    public async Task Apply_KeepsAgent_LeavesTheMembersAsTheyAre()
    {
        await OpenServedAsync();

        Assert.True(await CloseAsync());

        Assert.IsType<EntryAppended>(Assert.Single(Feed.Announcements));
        var joined = await JoinAsync(Agent);
        Assert.Equal((ContactStates.Closed, Agent.ParticipantId), (joined.Conversation.State, joined.Conversation.Agent?.AgentId));
    }

    [Fact]
    public async Task Apply_Closed_StaysClosed()
    {
        await OpenServedAsync();
        await CloseAsync();
        Feed.Forget();

        Assert.False(await ServeAsync(OtherAgent));

        Assert.Empty(Feed.Announcements);
        var head = (await Store.FindAsync(Id).Within())!;
        Assert.Equal((ContactStates.Closed, Agent.ParticipantId), (head.State, head.Agent?.AgentId));
    }

    [Fact]
    public async Task Apply_UnknownConversation_SaysThatItIsLost() =>
        await Assert.ThrowsAsync<ConversationLostException>(() => Store.ApplyAsync(Change(Agent)).Within());

    [Fact]
    public async Task Apply_WhileMembersSpeak_KeepsTheOrder()
    {
        await OpenServedAsync();
        var speaking = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await SayAsync(Customer, "m" + i);
            }
        });
        for (var i = 0; i < 20; i++)
        {
            await ServeAsync(i % 2 == 0 ? OtherAgent : Agent);
        }

        await speaking.Within();

        Assert.Equal(Enumerable.Range(2, 120).Select(seq => (long)seq), Feed.Entries.Select(entry => entry.Seq));
        var announcements = Feed.Announcements;
        var removals = announcements.OfType<MemberRemoved>().ToList();
        Assert.Equal(20, removals.Count);
        Assert.All(removals, removal => Assert.Equal(
            removal.Seq, announcements.SkipWhile(announcement => announcement != removal).OfType<EntryAppended>().First().Entry.Seq));
    }
}
