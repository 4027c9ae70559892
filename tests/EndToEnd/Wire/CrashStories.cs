using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.HubClient;
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

    /// <summary>Writes one message after the other, and as every client must, repeats each with its id until the server has answered.</summary>
    private sealed class PersistentWriter(WireWorld world, WirePerson person, string conversation, string name)
    {
        private readonly List<(long Seq, string Text)> _accepted = [];
        private readonly Dictionary<int, TaskCompletionSource> _moments = [];
        private readonly Lock _gate = new();
        private WirePerson _person = person;

        public IReadOnlyList<(long Seq, string Text)> Accepted => _accepted;

        public bool Wrote(string text) => text.StartsWith(name + " ", StringComparison.Ordinal);

        public Task ReachedAsync(int count)
        {
            lock (_gate)
            {
                if (_accepted.Count >= count)
                {
                    return Task.CompletedTask;
                }

                return (_moments[count] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }

        public async Task WriteAsync(int count)
        {
            for (var number = 1; number <= count; number++)
            {
                var text = $"{name} {number}";
                var sent = await UntilAnsweredAsync(() => _person.SayAsync(conversation, text, $"{name}-{number}"));
                lock (_gate)
                {
                    _accepted.Add((sent.Seq, text));
                    _moments.GetValueOrDefault(_accepted.Count)?.TrySetResult();
                }
            }
        }

        public Task<IReadOnlyList<LogEntry>> ReadAllAsync() => UntilAnsweredAsync(() => _person.ReadAsync(conversation));

        private async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> call)
        {
            while (true)
            {
                try
                {
                    return await call();
                }
                catch (Exception lost) when (lost is not (HubRefusalException or Xunit.Sdk.IAssertionException))
                {
                    await ConnectAgainAsync();
                }
            }
        }

        private async Task ConnectAgainAsync()
        {
            while (true)
            {
                try
                {
                    _person = _person with { Client = await world.ConnectAsync(_person.Token) };
                    return;
                }
                catch (System.Net.WebSockets.WebSocketException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
                }
            }
        }
    }
}

/// <summary>On the embedded engine.</summary>
public sealed class CrashStoriesOnOneNode(OneNode nodes) : CrashStories(nodes), IClassFixture<OneNode>;

/// <summary>The same with customers on one node and agents on the other.</summary>
public sealed class CrashStoriesOnTwoNodes(TwoNodes nodes) : CrashStories(nodes), IClassFixture<TwoNodes>;
