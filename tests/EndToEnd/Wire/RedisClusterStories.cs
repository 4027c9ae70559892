using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

/// <summary>Customers on one node, agents on the other, and what they say spread over a cluster of three primaries.</summary>
public sealed class RedisClusterStories(TwoNodesOnCluster nodes) : WireStories(nodes), IClassFixture<TwoNodesOnCluster>
{
    /// <summary>A conversation lies on each primary with the same chance: that one of three is not met in so many tries happens once in a billion runs.</summary>
    private const int Tries = 60;

    private readonly RedisCluster _redis = nodes.Redis;

    [Fact]
    public async Task Life_OfConversationsOnEveryPrimary_IsThatOfOneRedis()
    {
        var world = Open();
        var chats = await WaitingOnEachAsync(world);
        var agent = await world.AgentAsync(1);
        var declined = await agent.Client.Events.Offers.WaitForAsync(offer => offer.ContactId == chats[0].ContactId);
        await agent.Client.DeclineOffer(new DeclineOfferRequest(declined.OfferId));
        await WireWorld.TakeAsync(agent, chats[1].ContactId);
        await WireWorld.TakeAsync(agent, chats[2].ContactId);
        var otherAgent = await world.AgentAsync(2);
        await WireWorld.TakeAsync(otherAgent, chats[0].ContactId);
        foreach (var (chat, served) in chats.Zip([otherAgent, agent, agent]))
        {
            await TalkAsync(chat, served);
        }

        await agent.Client.Transfer(new TransferRequest(WireWorld.NewId(), chats[1].ContactId, AgentId: otherAgent.Id));
        await WireWorld.TakeAsync(otherAgent, chats[1].ContactId);
        await TalkAsync(chats[1], otherAgent);
        Assert.Equal(
            ErrorCodes.NotFound,
            (await Assert.ThrowsAsync<HubRefusalException>(() => agent.SayAsync(chats[1].ConversationId, "One more thing"))).Code);
        foreach (var (chat, served) in chats.Zip([otherAgent, otherAgent, agent]))
        {
            Assert.Equal(
                (await chat.Customer.ReadAsync(chat.ConversationId)).Select(Written), (await served.ReadAsync(chat.ConversationId)).Select(Written));
            await chat.Customer.Client.EndChat(new EndChatRequest(chat.ConversationId));
            await chat.Customer.Client.Events.ContactChanges.WaitForAsync(change => change.State == ContactStates.Closed && change.ContactId == chat.ContactId);
            Assert.Equal(ContactStates.Closed, (await served.Client.Join(new JoinRequest(chat.ConversationId))).State);
        }
    }

    [Fact]
    public async Task Node_KilledAndStartedAgain_FindsEveryConversation()
    {
        var world = Open();
        var chats = await WaitingOnEachAsync(world);
        var agent = await world.AgentAsync(1);
        foreach (var chat in chats)
        {
            await WireWorld.TakeAsync(agent, chat.ContactId);
            await TalkAsync(chat, agent);
        }

        await world.CustomersNode.KillHardAsync();
        await world.CustomersNode.StartAgainAsync();

        foreach (var chat in chats)
        {
            var back = chat.Customer with { Client = await world.ConnectAsync(world.CustomersNode, chat.Customer.Token) };
            Assert.Equal(
                (await agent.ReadAsync(chat.ConversationId)).Select(Written), (await back.ReadAsync(chat.ConversationId)).Select(Written));
            await TalkAsync(chat with { Customer = back }, agent);
        }
    }

    [Fact]
    public async Task Primary_ThatDies_TakesItsOwnConversationsOnlyAndBringsThemBack()
    {
        var world = Open();
        nodes.ExpectOutages();
        var chats = await WaitingOnEachAsync(world);
        var agent = await world.AgentAsync(1);
        foreach (var chat in chats)
        {
            await WireWorld.TakeAsync(agent, chat.ContactId);
            await TalkAsync(chat, agent);
        }

        var site = await _redis.OwnerOfAsync("copilot:{demo}:places");
        foreach (var victim in chats.Where(chat => chat.Primary != site))
        {
            await victim.Primary.KillHardAsync();
            try
            {
                await WithoutAsync(victim, chats, agent);
            }
            finally
            {
                await StartAgainAsync(victim, agent);
            }

            await WireWorld.UntilAnsweredAsync(() => victim.Customer.SayAsync(victim.ConversationId, "while its primary is away", "m1"));
            await TalkAsync(victim, agent);
            Assert.Single(await agent.ReadAsync(victim.ConversationId), entry => entry.Text == "while its primary is away");
        }
    }

    /// <summary>What is said in the other conversations while the victim's primary is away.</summary>
    private async Task WithoutAsync(Chat victim, List<Chat> chats, WirePerson agent)
    {
        var refusal = await Assert.ThrowsAsync<HubRefusalException>(
            () => victim.Customer.SayAsync(victim.ConversationId, "while its primary is away", "m1"));
        Assert.Equal(ErrorCodes.Unavailable, refusal.Code);

        // A node's subscription may have been on any primary, and what is published until it is on another is told by the recovery. By the list of living nodes a
        // node knows that it hears again: without that list pushes may be missing, and the log alone is promised.
        var canBeTold = victim.Primary != await _redis.OwnerOfAsync("copilot:{nodes}:live");
        foreach (var chat in chats.Where(chat => !ReferenceEquals(chat, victim)))
        {
            await (canBeTold ? TalkAsync(chat, agent) : WriteAsync(chat, agent));
        }
    }

    /// <summary>Whatever became of the story, those after it find a whole cluster and nodes that reach it.</summary>
    private async Task StartAgainAsync(Chat victim, WirePerson agent)
    {
        await victim.Primary.StartAgainAsync();
        await _redis.StateIsAsync("ok");
        foreach (var person in new[] { victim.Customer, agent })
        {
            await WireWorld.UntilAnsweredAsync(() => person.Client.Join(new JoinRequest(victim.ConversationId)));
        }
    }

    /// <summary>Three customers in line, the conversation of each on another primary.</summary>
    private async Task<List<Chat>> WaitingOnEachAsync(WireWorld world)
    {
        var chats = new List<Chat>();
        foreach (var member in _redis.Members)
        {
            chats.Add(await WaitingOnAsync(world, member));
        }

        return chats;
    }

    /// <summary>Nobody chooses a conversation's id, so the customer starts over until it lies there.</summary>
    private async Task<Chat> WaitingOnAsync(WireWorld world, RedisServer member)
    {
        var customer = await world.CustomerAsync();
        for (var i = 0; i < Tries; i++)
        {
            var started = await customer.Client.StartChat(new StartChatRequest(WireWorld.NewId(), "orders"));
            var head = $"copilot:{{{started.ConversationId}}}:conversation:head";
            if (await _redis.OwnerOfAsync(head) == member)
            {
                Assert.Contains(head, await member.KeysAsync());
                await customer.Client.Join(new JoinRequest(started.ConversationId));
                return new Chat(customer, started.ContactId, started.ConversationId, member);
            }

            await customer.Client.EndChat(new EndChatRequest(started.ConversationId));
        }

        throw new InvalidOperationException($"Of {Tries} conversations none lay on the primary at {member.Configuration}.");
    }

    /// <summary>One message each way, heard on the other node.</summary>
    private static async Task TalkAsync(Chat chat, WirePerson agent)
    {
        var (question, answer) = ($"question {WireWorld.NewId()}", $"answer {WireWorld.NewId()}");
        await chat.Customer.SayAsync(chat.ConversationId, question);
        await agent.Client.Events.Messages.WaitForAsync(message => message.Message.Text == question);
        await agent.SayAsync(chat.ConversationId, answer);
        await chat.Customer.Client.Events.Messages.WaitForAsync(message => message.Message.Text == answer);
    }

    /// <summary>One message each way, read on the other node.</summary>
    private static async Task WriteAsync(Chat chat, WirePerson agent)
    {
        var (question, answer) = ($"question {WireWorld.NewId()}", $"answer {WireWorld.NewId()}");
        await chat.Customer.SayAsync(chat.ConversationId, question);
        Assert.Contains(await agent.ReadAsync(chat.ConversationId), entry => entry.Text == question);
        await agent.SayAsync(chat.ConversationId, answer);
        Assert.Contains(await chat.Customer.ReadAsync(chat.ConversationId), entry => entry.Text == answer);
    }

    private static (long Seq, string Id, string Author, string Text) Written(LogEntry entry) => (entry.Seq, entry.MessageId, entry.Author.Id, entry.Text);

    /// <param name="Primary">Where the conversation lies.</param>
    private sealed record Chat(WirePerson Customer, string ContactId, string ConversationId, RedisServer Primary);
}
