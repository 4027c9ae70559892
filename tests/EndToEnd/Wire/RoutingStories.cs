using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

public abstract class RoutingStories(WireNodes nodes) : WireStories(nodes)
{
    [Fact]
    public async Task Offer_AnsweredByManyAtOnce_IsTakenOnce()
    {
        var world = Open();
        var agent = await world.AgentAsync(1);
        var otherAgent = await world.AgentAsync(2);
        var customer = await world.CustomerAsync();
        var started = await customer.Client.StartChat(new StartChatRequest(WireWorld.NewId(), "orders"));
        var offer = await AnyOfferAsync(started.ContactId, agent, otherAgent);

        var attempts = await Task.WhenAll(TryAcceptAsync(agent, offer.OfferId), TryAcceptAsync(otherAgent, offer.OfferId));

        Assert.Single(attempts, attempt => attempt is null);
        Assert.Single(attempts, attempt => attempt == ErrorCodes.Stale);
    }

    [Fact]
    public async Task Offer_Declined_GoesToTheNextAgent()
    {
        var world = Open();
        var agent = await world.AgentAsync(1);
        var customer = await world.CustomerAsync();
        var started = await customer.Client.StartChat(new StartChatRequest(WireWorld.NewId(), "orders"));
        var offer = await AnyOfferAsync(started.ContactId, agent);
        var otherAgent = await world.AgentAsync(2);

        await agent.Client.DeclineOffer(new DeclineOfferRequest(offer.OfferId));

        await WireWorld.TakeAsync(otherAgent, started.ContactId);
        Assert.Equal(ErrorCodes.Stale, await TryAcceptAsync(agent, offer.OfferId));
    }

    [Fact]
    public async Task Offer_NotAnswered_IsWithdrawnAndGoesToTheNextAgent()
    {
        var world = Open();
        var agent = await world.AgentAsync(1);
        var customer = await world.CustomerAsync();
        var started = await customer.Client.StartChat(new StartChatRequest(WireWorld.NewId(), WireNodes.HastyQueue));
        var offer = await AnyOfferAsync(started.ContactId, agent);
        var otherAgent = await world.AgentAsync(2);

        var withdrawn = await agent.Client.Events.WithdrawnOffers.WaitForAsync(gone => gone.OfferId == offer.OfferId);

        Assert.Equal(Reasons.NotAnswered, withdrawn.Reason);
        await WireWorld.TakeAsync(otherAgent, started.ContactId);
        Assert.Equal(ErrorCodes.Stale, await TryAcceptAsync(agent, offer.OfferId));
    }

    [Fact]
    public async Task Agent_GoneForLongerThanTheGrace_LosesTheChatToTheNext()
    {
        var world = Open();
        var agent = await world.AgentAsync(1);
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent, WireNodes.ForgetfulQueue);
        await customer.SayAsync(conversation, "Are you there?");

        await agent.Client.DisposeAsync();

        await customer.Client.Events.Messages.WaitForAsync(message => message.Message.Text == EventCodes.AgentAway);
        var otherAgent = await world.AgentAsync(2);
        var contact = Assert.Single((await customer.Client.MyContacts(new MyContactsRequest())).Contacts);
        await WireWorld.TakeAsync(otherAgent, contact.ContactId);
        Assert.Contains(await otherAgent.ReadAsync(conversation), entry => entry.Text == "Are you there?");
        var formerAgent = await world.AgentAsync(1, AgentStatuses.Away);
        var refusal = await Assert.ThrowsAsync<HubRefusalException>(() => formerAgent.SayAsync(conversation, "I am back"));
        Assert.Equal(ErrorCodes.NotFound, refusal.Code);
    }

    [Fact]
    public async Task Agent_BackWithinTheGrace_KeepsTheChat()
    {
        var world = Open();
        var agent = await world.AgentAsync(1);
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);

        await agent.Client.DisposeAsync();
        var back = await world.ConnectAsync(agent.Token);
        var status = await back.SetStatus(new SetStatusRequest());

        Assert.Equal(AgentStatuses.Available, status.Status);
        Assert.Equal(conversation, Assert.Single(status.Contacts).ConversationId);
        await back.Join(new JoinRequest(conversation));
        await back.Send(new SendRequest(conversation, WireWorld.NewId(), "Sorry, a train"));
        await customer.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "Sorry, a train");
    }

    [Fact]
    public async Task Transfer_ToAnotherQueue_HandsTheWholeChatOver()
    {
        var world = Open();
        var agent = await world.AgentAsync(1);
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);
        await customer.SayAsync(conversation, "It is about money");
        var contact = Assert.Single((await agent.Client.SetStatus(new SetStatusRequest())).Contacts);
        var otherAgent = await world.AgentAsync(2);

        await agent.Client.Transfer(new TransferRequest(WireWorld.NewId(), contact.ContactId, Queue: "payments", Note: "Wants a refund"));

        await WireWorld.TakeAsync(otherAgent, contact.ContactId);
        var log = await otherAgent.ReadAsync(conversation);
        Assert.Contains(log, entry => entry.Kind == EntryKinds.Note && entry.Text == "Wants a refund");
        Assert.Contains(log, entry => entry.Text == EventCodes.Transferred);
        var refusal = await Assert.ThrowsAsync<HubRefusalException>(() => agent.SayAsync(conversation, "One more thing"));
        Assert.Equal(ErrorCodes.NotFound, refusal.Code);
    }

    [Fact]
    public async Task Queue_OutsideItsHours_RefusesAndSaysWhenItOpens()
    {
        var world = Open();
        var customer = await world.CustomerAsync();

        var chat = Assert.Single((await world.Api.GetContactOptionsAsync("demo", WireNodes.LaterQueue)).Channels, option => option.Channel == Channels.Chat);
        var refusal = await Assert.ThrowsAsync<HubRefusalException>(
            () => customer.Client.StartChat(new StartChatRequest(WireWorld.NewId(), WireNodes.LaterQueue)));

        Assert.False(chat.Available);
        Assert.Equal(9, chat.OpensAt!.Value.UtcDateTime.Hour);
        Assert.Equal(ErrorCodes.OutsideHours, refusal.Code);
    }

    [Fact]
    public async Task Queue_ThatIsFull_RefusesTheNext()
    {
        var world = Open();
        var first = await world.CustomerAsync();
        var second = await world.CustomerAsync();
        await first.Client.StartChat(new StartChatRequest(WireWorld.NewId(), WireNodes.SmallQueue));

        var refusal = await Assert.ThrowsAsync<HubRefusalException>(
            () => second.Client.StartChat(new StartChatRequest(WireWorld.NewId(), WireNodes.SmallQueue)));

        Assert.Equal(ErrorCodes.QueueFull, refusal.Code);
    }

    [Fact]
    public async Task Positions_WhenTheFirstLeaves_MoveUp()
    {
        var world = Open();
        var first = await world.CustomerAsync();
        var second = await world.CustomerAsync();
        var firstChat = await first.Client.StartChat(new StartChatRequest(WireWorld.NewId(), "orders"));
        var secondChat = await second.Client.StartChat(new StartChatRequest(WireWorld.NewId(), "orders"));
        Assert.Equal(1, firstChat.Position);
        Assert.Equal(2, secondChat.Position);

        await first.Client.EndChat(new EndChatRequest(firstChat.ConversationId));

        await second.Client.Events.ContactChanges.WaitForAsync(change => change.ContactId == secondChat.ContactId && change.Position == 1);
    }

    private static async Task<OfferedEvent> AnyOfferAsync(string contactId, params WirePerson[] agents) =>
        await (await Task.WhenAny(agents.Select(agent => agent.Client.Events.Offers.WaitForAsync(offer => offer.ContactId == contactId))).Within());

    private static async Task<string?> TryAcceptAsync(WirePerson agent, string offerId)
    {
        try
        {
            await agent.Client.AcceptOffer(new AcceptOfferRequest(offerId));
            return null;
        }
        catch (HubRefusalException refusal)
        {
            return refusal.Code;
        }
    }
}

/// <summary>On the embedded engine.</summary>
[Collection(typeof(UnharmedNodes.One))]
public sealed class RoutingStoriesOnOneNode(OneNode nodes) : RoutingStories(nodes);

/// <summary>The same with customers on one node and agents on the other.</summary>
[Collection(typeof(UnharmedNodes.Two))]
public sealed class RoutingStoriesOnTwoNodes(TwoNodes nodes) : RoutingStories(nodes);
