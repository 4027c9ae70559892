using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Specifications.Routing;
using static CoPilot.ChatServer.Tests.Routing.RoutingBench;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class SqliteInactivityTests : InactivitySpecification
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        SqliteContactQueueEngine.OpenAsync(sites, clock, feed);
}

public sealed class RedisInactivityTests(RedisRouting redis) : InactivitySpecification, IClassFixture<RedisRouting>
{
    protected override Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        RedisContactQueueEngine.OpenAsync(redis.Node, sites, clock, feed);
}

/// <summary>The watch with routing and logs as the host puts them together.</summary>
public sealed class InactivityWatchTests : IAsyncDisposable
{
    private static readonly QueueInactivity Rule = RoutingSites.Inactivity;

    private readonly RoutingBench _bench = new();
    private int _messages;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task CustomerWhoDoesNotAnswer_IsWarned_AndThenTheChatEnds()
    {
        var (agent, chat) = await HaveChatAsync();
        await SayAsync(agent, chat);
        await PassAsync(Rule.WarnAfter - TimeSpan.FromSeconds(1));
        Assert.Empty(await WarningsAsync(agent, chat));

        await PassAsync(TimeSpan.FromSeconds(1));
        var warning = Assert.Single(await WarningsAsync(agent, chat));
        Assert.Equal((Audiences.All, "60"), (warning.Audience, warning.Data!["seconds"]));

        await PassAsync(Rule.WarnBefore - TimeSpan.FromSeconds(1));
        Assert.Equal(ContactStates.Active, await StateAsync(chat));
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(ContactStates.Closed, await StateAsync(chat));
        Assert.Equal(ContactStates.Closed, (await _bench.Conversations.FindAsync(chat.ConversationId))!.State);
        Assert.Single(await WarningsAsync(agent, chat));
        Assert.Equal(Reasons.Inactive, _bench.Notifier.TakeAll("cleo").OfType<ContactChangedEvent>().Last().Reason);
    }

    [Fact]
    public async Task AnAnswer_EndsTheCount_UntilTheAgentWritesAgain()
    {
        var (agent, chat) = await HaveChatAsync();
        await SayAsync(agent, chat);
        await PassAsync(Rule.WarnAfter);
        await SayAsync(Customer("cleo"), chat);
        await PassAsync(Rule.EndAfter * 3);
        Assert.Equal(ContactStates.Active, await StateAsync(chat));
        Assert.Single(await WarningsAsync(agent, chat));

        await SayAsync(agent, chat);
        await PassAsync(Rule.WarnAfter);
        Assert.Equal(2, (await WarningsAsync(agent, chat)).Count);
        await PassAsync(Rule.WarnBefore);
        Assert.Equal(ContactStates.Closed, await StateAsync(chat));
    }

    [Fact]
    public async Task AgentWhoOwesTheAnswer_NeverLosesTheChat()
    {
        var (agent, chat) = await HaveChatAsync();

        await PassAsync(Rule.EndAfter * 5);

        Assert.Equal(ContactStates.Active, await StateAsync(chat));
        Assert.Empty(await WarningsAsync(agent, chat));
    }

    [Fact]
    public async Task AnotherWordOfTheAgent_GivesTheCustomerTheWholeTimeAgain()
    {
        var (agent, chat) = await HaveChatAsync();
        await SayAsync(agent, chat);
        await PassAsync(Rule.WarnAfter);
        await SayAsync(agent, chat);

        await PassAsync(Rule.EndAfter - TimeSpan.FromSeconds(1));
        Assert.Equal(ContactStates.Active, await StateAsync(chat));
        Assert.Equal(2, (await WarningsAsync(agent, chat)).Count);
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(ContactStates.Closed, await StateAsync(chat));
    }

    [Fact]
    public async Task LookedAtTwiceByTwoNodes_WarnsOnceAndEndsNothing()
    {
        var (agent, chat) = await HaveChatAsync();
        await SayAsync(agent, chat);
        _bench.Clock.Advance(Rule.WarnAfter);
        await FireAsync();
        var due = Assert.Single((await _bench.Queue.ReadEffectsAsync(Shop, 100)).OfType<InactivityDue>());
        var watch = new InactivityWatch(_bench.Queue, _bench.Conversations, _bench.Sites);

        await watch.LookAsync(due, CancellationToken.None);
        await watch.LookAsync(due, CancellationToken.None);
        await _bench.Outbox.DrainAsync(Shop);

        Assert.Single(await WarningsAsync(agent, chat));
        Assert.Equal(ContactStates.Active, await StateAsync(chat));
    }

    [Fact]
    public async Task LookedAtLate_WarnsFirstAllTheSame()
    {
        var (agent, chat) = await HaveChatAsync();
        await SayAsync(agent, chat);
        _bench.Clock.Advance(TimeSpan.FromHours(8));
        await FireAsync();
        await _bench.Outbox.DrainAsync(Shop);
        Assert.Single(await WarningsAsync(agent, chat));
        Assert.Equal(ContactStates.Active, await StateAsync(chat));

        await PassAsync(Rule.WarnBefore);
        Assert.Equal(ContactStates.Closed, await StateAsync(chat));
    }

    [Fact]
    public async Task LostLog_BeginsAnewAndIsLookedAtAgain()
    {
        var (_, chat) = await HaveChatAsync();
        await _bench.LoseConversationAsync(chat.ConversationId);

        await PassAsync(Rule.EndAfter * 2);

        Assert.Equal(ContactStates.Active, await StateAsync(chat));
    }

    private async Task<(Caller Agent, StartChatResult Chat)> HaveChatAsync()
    {
        var agent = await _bench.HaveAgentAsync("anna", 1, RoutingSites.Payments);
        var chat = Accepted(await _bench.Service.StartChatAsync(Customer("cleo"), new StartChatRequest("r1", RoutingSites.Payments, "Hello")));
        Accepted(await _bench.Service.AcceptOfferAsync(agent, new AcceptOfferRequest(await _bench.OfferIdAsync(agent))));
        return (agent, chat);
    }

    private async Task SayAsync(Caller who, StartChatResult chat) => Accepted(await _bench.Conversations.AppendAsync(new AppendCommand(
        chat.ConversationId, new Participant(who.Id, who.Role, who.Name), $"m{++_messages}", EntryKinds.Text, Audiences.All, "Are you there?")));

    private async Task<List<LogEntry>> WarningsAsync(Caller agent, StartChatResult chat) =>
        [.. (await _bench.LogAsync(agent, chat.ConversationId)).Where(entry => entry.Text == EventCodes.InactivityWarning)];

    private async Task<string> StateAsync(StartChatResult chat) => (await _bench.Queue.FindContactAsync(Shop, chat.ContactId))!.State;

    /// <summary>Time goes by, and the node does what comes due in it; the agent stays connected.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
        {
            _bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await FireAsync();
            await _bench.Outbox.DrainAsync(Shop);
        }

        // What a look ended is an effect in its turn.
        await _bench.Outbox.DrainAsync(Shop);
    }

    private async Task FireAsync()
    {
        await _bench.Queue.RenewPresenceAsync(Shop, [new AgentConnection("anna", "anna-1")]);
        await _bench.Queue.FireDueTimersAsync(Shop, limit: 100);
    }
}
