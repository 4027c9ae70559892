using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

/// <summary>What there is to tell only where there are several nodes.</summary>
public sealed class SeveralNodesStories(TwoNodes nodes) : WireStories(nodes), IClassFixture<TwoNodes>
{
    private readonly RedisServer _redis = nodes.Redis;

    [Fact]
    public async Task Draining_OfOneNode_SendsOnlyItsPeopleAway()
    {
        var world = Open();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);

        Assert.Equal(0, await world.CustomersNode.StopAsync());
        await customer.Client.Events.Draining.WaitForAsync(_ => true);
        await customer.Client.Closed.Within();
        var back = customer with { Client = await world.ConnectAsync(world.AgentsNode, customer.Token) };
        await back.Client.Join(new JoinRequest(conversation));
        await agent.SayAsync(conversation, "Still here with you");

        await back.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "Still here with you");
        Assert.Empty(agent.Client.Events.Draining.Received);
        Assert.False(agent.Client.Closed.IsCompleted);
        Assert.DoesNotContain(await LiveNodesAsync(), id => id.StartsWith("first:", StringComparison.Ordinal));
        await world.CustomersNode.StartAgainAsync();
    }

    [Fact]
    public async Task Positions_OfPeopleOnBothNodes_AreToldOnce()
    {
        var world = Open();
        var first = await world.CustomerAsync();
        var second = await world.CustomerAsync();
        var elsewhere = second with { Client = await world.ConnectAsync(world.AgentsNode, second.Token) };
        var third = await world.CustomerAsync();
        var firstChat = await first.Client.StartChat(new StartChatRequest(WireWorld.NewId(), "orders"));
        var secondChat = await second.Client.StartChat(new StartChatRequest(WireWorld.NewId(), "orders"));
        var thirdChat = await third.Client.StartChat(new StartChatRequest(WireWorld.NewId(), "orders"));
        await third.Client.Events.ContactChanges.WaitForAsync(change => change.Position == 3);

        await first.Client.EndChat(new EndChatRequest(firstChat.ConversationId));
        await MovedToAsync(second, secondChat.ContactId, 1);
        await MovedToAsync(elsewhere, secondChat.ContactId, 1);
        await second.Client.EndChat(new EndChatRequest(secondChat.ConversationId));
        await MovedToAsync(third, thirdChat.ContactId, 1);

        // Whatever was told of the first step was told before this, the second one.
        Assert.Single(second.Client.Events.ContactChanges.Received, change => change.Position == 1);
        Assert.Single(elsewhere.Client.Events.ContactChanges.Received, change => change.Position == 1);
    }

    [Fact]
    public async Task Keeper_ThatDies_IsReplaced()
    {
        var world = Open();
        var keeperId = await KeeperAsync();
        var keeper = world.Nodes[keeperId.StartsWith("first:", StringComparison.Ordinal) ? 0 : 1];
        var other = world.Nodes.Single(node => node != keeper);
        await keeper.KillHardAsync();
        try
        {
            var agent = await SignedInAsync(world, other);
            await agent.SetStatus(new SetStatusRequest(AgentStatuses.Available));

            // Queues are told by whoever is keeper, and this node is the only one left.
            await agent.Events.QueueChanges.WaitForAsync(told => told.Queues.Any(queue => queue.AgentsAvailable > 0));

            Assert.NotEqual(keeperId, await KeeperAsync());
            await agent.SetStatus(new SetStatusRequest(AgentStatuses.Offline));
        }
        finally
        {
            await keeper.StartAgainAsync();
        }
    }

    [Fact]
    public async Task Agent_WhoLosesTheChat_HearsNoMoreOfItOnAnyNode()
    {
        var world = Open();
        var agent = await world.AgentAsync(1);
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);
        var secondWindow = await world.ConnectAsync(world.CustomersNode, agent.Token);
        await secondWindow.Join(new JoinRequest(conversation));
        var contact = Assert.Single((await agent.Client.SetStatus(new SetStatusRequest())).Contacts);
        var otherAgent = await world.AgentAsync(2);

        await agent.Client.Transfer(new TransferRequest(WireWorld.NewId(), contact.ContactId, Queue: "payments"));
        await WireWorld.TakeAsync(otherAgent, contact.ContactId);
        await customer.SayAsync(conversation, "between the two of us");
        await otherAgent.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "between the two of us");

        // Each connection hears in order: what it was sent before the answer to this call has arrived before it.
        foreach (var window in new[] { agent.Client, secondWindow })
        {
            await Assert.ThrowsAsync<HubRefusalException>(() => window.Join(new JoinRequest(conversation)));
            Assert.DoesNotContain(window.Events.Messages.Received, message => message.Message.Text == "between the two of us");
        }
    }

    [Fact]
    public async Task Account_MadeBesideTheServers_SignsInOnEveryNode()
    {
        var world = Open();
        var email = $"{WireWorld.NewId()}@demo.example";
        await world.CustomersNode.RunCommandAsync("a good password", "agents", "add", email, "--name", "Nina", "--queues", "orders", "--site", "demo");

        foreach (var node in world.Nodes)
        {
            using var http = new HttpClient { BaseAddress = node.Address };
            Assert.Equal("Nina", (await new ServerApi(http).SignInAsync(new SignInRequest(email, "a good password"))).Name);
        }
    }

    private static Task<ContactChangedEvent> MovedToAsync(WirePerson customer, string contactId, int position) =>
        customer.Client.Events.ContactChanges.WaitForAsync(change => change.ContactId == contactId && change.Position == position);

    private static async Task<ChatClient> SignedInAsync(WireWorld world, ServerProcess node)
    {
        using var http = new HttpClient { BaseAddress = node.Address };
        var agent = await new ServerApi(http).SignInAsync(new SignInRequest("agent3@demo.example", "demo"));
        return await world.ConnectAsync(node, agent.Token);
    }

    private async Task<string> KeeperAsync() => (string)(await _redis.CommandAsync("GET", "copilot:{demo}:keeper"))!;

    private async Task<IEnumerable<string>> LiveNodesAsync() =>
        ((object?[])(await _redis.CommandAsync("ZRANGE", "copilot:{nodes}:live", "0", "-1"))!).Cast<string>();
}
