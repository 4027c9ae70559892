using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.HubClient;

namespace CoPilot.EndToEnd.Wire;

public abstract class ConversationStories(WireNodes nodes) : WireStories(nodes)
{
    [Theory]
    [InlineData("json", "json")]
    [InlineData("json", "messagepack")]
    [InlineData("messagepack", "json")]
    [InlineData("messagepack", "messagepack")]
    public async Task Chat_FromFirstWordToEnd_ReadsTheSameOnBothSides(string customers, string agents)
    {
        var world = Open();
        world.Protocol = HubProtocols.Named(agents);
        var agent = await world.AgentAsync();
        world.Protocol = HubProtocols.Named(customers);
        var customer = await world.CustomerAsync();

        var requestId = WireWorld.NewId();
        var started = await customer.Client.StartChat(new StartChatRequest(requestId, "orders", "Where is my parcel?", Name: "Ada"));
        var offer = await agent.Client.Events.Offers.WaitForAsync(offered => offered.ContactId == started.ContactId);
        Assert.Equal("Where is my parcel?", offer.Text);
        Assert.Equal("Ada", offer.Customer.Name);
        await WireWorld.TakeAsync(agent, started.ContactId);
        await customer.Client.Join(new JoinRequest(started.ConversationId));
        await agent.SayAsync(started.ConversationId, "On its way.");
        var heard = await customer.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "On its way.");
        await customer.Client.MarkRead(new MarkReadRequest(started.ConversationId, heard.Message.Seq));
        await agent.Client.Events.Reads.WaitForAsync(read => read.ParticipantId == customer.Id && read.Seq == heard.Message.Seq);
        await customer.Client.SetTyping(new SetTypingRequest(started.ConversationId, true));
        await agent.Client.Events.Typing.WaitForAsync(typing => typing.Author.Id == customer.Id && typing.Typing);
        await customer.Client.EndChat(new EndChatRequest(started.ConversationId));
        await agent.Client.Events.Messages.WaitForAsync(message => message.Message.Text == EventCodes.Ended);

        var seenByCustomer = await customer.ReadAsync(started.ConversationId);
        var seenByAgent = await agent.Client.Events.Messages.WaitForAsync(message => message.Message.Text == EventCodes.Ended);
        Assert.Equal(
            ["Where is my parcel?", EventCodes.AgentJoined, "On its way.", EventCodes.Ended],
            seenByCustomer.Select(entry => entry.Text));
        Assert.Equal(requestId, seenByCustomer[0].MessageId);
        Assert.Equal(seenByCustomer[^1].Seq, seenByAgent.Message.Seq);
    }

    [Fact]
    public async Task Note_OfTheAgent_NeverReachesTheCustomerAndMakesNoGap()
    {
        var world = Open();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);

        await agent.SayAsync(conversation, "Before the note");
        var note = await agent.Client.AddNote(new AddNoteRequest(conversation, WireWorld.NewId(), "Looks like fraud"));
        await agent.SayAsync(conversation, "After the note");

        var before = await customer.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "Before the note");
        var after = await customer.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "After the note");
        Assert.Equal(before.Message.Seq, after.Message.After);
        Assert.Equal(note.Seq + 1, after.Message.Seq);
        Assert.DoesNotContain(await customer.ReadAsync(conversation), entry => entry.Audience == Audiences.Agents);
        Assert.DoesNotContain(customer.Client.Events.Messages.Received, message => message.Message.Audience == Audiences.Agents);
    }

    [Fact]
    public async Task SecondTab_OfACustomer_SeesEverythingAndMayGoOn()
    {
        var world = Open();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);
        var secondTab = customer with { Client = await world.ConnectAsync(customer.Token, new ChatClientOptions(TokenInAddress: true)) };

        var open = Assert.Single((await secondTab.Client.MyContacts(new MyContactsRequest())).Contacts);
        Assert.Equal(conversation, open.ConversationId);
        await secondTab.Client.Join(new JoinRequest(conversation));
        await customer.SayAsync(conversation, "from the first");
        await secondTab.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "from the first");
        await customer.Client.DisposeAsync();
        await secondTab.SayAsync(conversation, "from the second");
        await agent.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "from the second");
    }

    [Fact]
    public async Task Send_RepeatedWithItsId_IsAcceptedOnce()
    {
        var world = Open();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);
        var id = WireWorld.NewId();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => customer.SayAsync(conversation, "once", id)));

        Assert.Single(answers, answer => !answer.Duplicate);
        Assert.Single(answers.Select(answer => answer.Seq).Distinct());
        Assert.Single(await customer.ReadAsync(conversation), entry => entry.Text == "once");
    }

    [Fact]
    public async Task Join_AfterAGap_AnswersExactlyWhatWasMissed()
    {
        var world = Open();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);
        await customer.SayAsync(conversation, "one");
        var known = await customer.ReadAsync(conversation);
        var epoch = (await customer.Client.Join(new JoinRequest(conversation))).Epoch;
        await customer.Client.DisposeAsync();
        await agent.SayAsync(conversation, "two");
        await agent.SayAsync(conversation, "three");

        var back = await world.ConnectAsync(customer.Token);
        var joined = await back.Join(new JoinRequest(conversation, epoch, known[^1].Seq, known[^1].MessageId));

        Assert.False(joined.Reset);
        Assert.Equal(["two", "three"], joined.Messages.Select(entry => entry.Text));
        Assert.Equal(known[^1].Seq, joined.Messages[0].After);
    }
}

/// <summary>On the embedded engine.</summary>
[Collection(typeof(UnharmedNodes.One))]
public sealed class ConversationStoriesOnOneNode(OneNode nodes) : ConversationStories(nodes);

/// <summary>The same with customers on one node and agents on the other.</summary>
[Collection(typeof(UnharmedNodes.Two))]
public sealed class ConversationStoriesOnTwoNodes(TwoNodes nodes) : ConversationStories(nodes);
