using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

/// <summary>The server dies in the middle of things, and nothing that it accepted may be lost, doubled or out of order.</summary>
public abstract class CrashStories(WireNodes nodes) : WireStories(nodes)
{
    private const int Messages = 60;

    [Fact]
    public async Task KillHard_WhileBothWrite_LosesAndDoublesNothing()
    {
        var world = Open();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);
        var writers = new[] { new PersistentWriter(world, customer, conversation, "customer"), new PersistentWriter(world, agent, conversation, "agent") };

        var writing = Task.WhenAll(writers.Select(writer => writer.WriteAsync(Messages)));
        foreach (var (moment, node) in new[] { (10, world.AgentsNode), (30, world.CustomersNode) })
        {
            await Task.WhenAll(writers.Select(writer => writer.ReachedAsync(moment))).Within();
            await node.KillHardAsync();
            await node.StartAgainAsync();
        }

        await writing.Within(TimeSpan.FromMinutes(2));
        var seenByCustomer = await writers[0].ReadAllAsync();
        var seenByAgent = await writers[1].ReadAllAsync();

        Assert.Equal(seenByCustomer.Select(Written), seenByAgent.Select(Written));
        Assert.Equal(Enumerable.Range(1, seenByCustomer.Count).Select(seq => (long)seq), seenByCustomer.Select(entry => entry.Seq));
        foreach (var writer in writers)
        {
            Assert.Equal(writer.Accepted, seenByCustomer.Where(entry => writer.Wrote(entry.Text)).Select(entry => (entry.Seq, entry.Text)));
        }
    }

    [Fact]
    public async Task KillHard_WhileWaiting_KeepsThePlaceInLine()
    {
        var world = Open();
        var first = await world.CustomerAsync();
        var second = await world.CustomerAsync();
        var firstChat = await first.Client.StartChat(new StartChatRequest(WireWorld.NewId(), "orders", "first"));
        var secondChat = await second.Client.StartChat(new StartChatRequest(WireWorld.NewId(), "orders", "second"));

        await Task.WhenAll(world.Nodes.Select(node => node.KillHardAsync()));
        await Task.WhenAll(world.Nodes.Select(node => node.StartAgainAsync()));
        var agent = await world.AgentAsync();

        await WireWorld.TakeAsync(agent, firstChat.ContactId);
        await WireWorld.TakeAsync(agent, secondChat.ContactId);
        Assert.Equal(
            [firstChat.ContactId, secondChat.ContactId],
            agent.Client.Events.Offers.Received.Select(offer => offer.ContactId).Distinct());
    }

    [Fact]
    public async Task Stop_WithPeopleConnected_TellsThemAndEndsCleanly()
    {
        var world = Open();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);
        await customer.SayAsync(conversation, "before the restart");

        Assert.Equal(0, await world.CustomersNode.StopAsync());
        await customer.Client.Events.Draining.WaitForAsync(_ => true);
        await customer.Client.Closed.Within();
        await world.CustomersNode.StartAgainAsync();

        var back = customer with { Client = await world.ConnectAsync(customer.Token) };
        Assert.Contains(await back.ReadAsync(conversation), entry => entry.Text == "before the restart");
        Assert.Equal(ContactStates.Active, Assert.Single((await back.Client.MyContacts(new MyContactsRequest())).Contacts).State);
    }

    private static (long Seq, string Id, string Author, string Text, DateTimeOffset At) Written(LogEntry entry) =>
        (entry.Seq, entry.MessageId, entry.Author.Id, entry.Text, entry.SentAt);
}

/// <summary>On the embedded engine.</summary>
public sealed class CrashStoriesOnOneNode(OneNode nodes) : CrashStories(nodes), IClassFixture<OneNode>;

/// <summary>The same with customers on one node and agents on the other.</summary>
public sealed class CrashStoriesOnTwoNodes(TwoNodes nodes) : CrashStories(nodes), IClassFixture<TwoNodes>;
