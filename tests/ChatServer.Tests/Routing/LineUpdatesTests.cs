using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;
using static CoPilot.ChatServer.Tests.Routing.RoutingBench;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class LineUpdatesTests : IAsyncLifetime
{
    private readonly RoutingBench _bench = new();
    private readonly AppointedKeeper _keeper = new();
    private readonly ObservedQueue _queue;
    private readonly LineUpdates _updates;

    public LineUpdatesTests()
    {
        _queue = new ObservedQueue(_bench.Queue);
        _updates = new LineUpdates(
            _queue, _keeper, RoutingPace.OneNode, _bench.Notifier, _bench.Hints, new SiteMetrics(_bench.Meters, _bench.Clock), _bench.Sites, _bench.Clock, _bench.Log.For<LineUpdates>());
    }

    public async ValueTask InitializeAsync()
    {
        await _updates.StartAsync(CancellationToken.None);
        await _bench.Notifier.NextAsync<QueuesChangedEvent>(Shop);
    }

    public async ValueTask DisposeAsync()
    {
        await _updates.StopAsync(CancellationToken.None).Within();
        _updates.Dispose();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task Hint_TellsPlacesAndQueues()
    {
        var chat = await _bench.StartAsync("cleo");

        Assert.Equal(
            new ContactChangedEvent(chat.ContactId, ContactStates.Waiting, chat.ConversationId, Position: 1), await NextPlaceAsync("cleo"));
        var queues = await _bench.Notifier.NextAsync<QueuesChangedEvent>(Shop);
        Assert.Equal(1, queues.Queues.Single(queue => queue.Name == RoutingSites.Orders).Waiting);
    }

    [Fact]
    public async Task PlacesOfCallbacks_AreToldToWhoWatchesThem_WithoutTheirConversation()
    {
        var chat = await _bench.StartAsync("cleo");
        await NextPlaceAsync("cleo");
        Accepted(await _bench.Queue.SwitchToCallbackAsync(
            new SwitchToCallbackCommand("s", Shop, chat.ContactId, "cleo", "+31612345678", Note: null)));
        var first = await _bench.StartAsync("dana");
        await NextPlaceAsync("dana");
        Assert.True(_bench.Notifier.IsSilent(RecordingNotifier.WatchersOf(first.ContactId)));
        await _bench.Queue.MoveContactAsync(new MoveContactCommand(Shop, chat.ContactId, RoutingSites.Payments, new Supervisor("sam", "Sam")));

        Assert.Equal(
            new ContactChangedEvent(chat.ContactId, ContactStates.Waiting, Position: 1),
            await NextPlaceAsync(RecordingNotifier.WatchersOf(chat.ContactId)));
    }

    [Fact]
    public async Task SomebodyLeaves_TellsOnlyThoseBehind()
    {
        var cleo = await _bench.StartAsync("cleo");
        await _bench.StartAsync("dana");
        await _bench.StartAsync("eric");
        await NextPlaceAsync("eric");
        _bench.Notifier.TakeAll("cleo");
        _bench.Notifier.TakeAll("dana");
        var dana = Assert.Single(await _bench.Queue.ListOpenContactsAsync(Shop, "dana"));
        Accepted(await _bench.Queue.CloseAsync(new CloseCommand(Shop, dana.ContactId, Roles.Customer, "dana", null)));

        Assert.Equal(2, (await NextPlaceAsync("eric")).Position);

        Assert.True(_bench.Notifier.IsSilent("cleo"));
        Assert.Equal(1, await _bench.Queue.GetPositionAsync(Shop, cleo.ContactId));
    }

    [Fact]
    public async Task ManyChanges_AreToldTogether_AtMostOnceASecond()
    {
        await _bench.StartAsync("cleo");
        await NextPlaceAsync("cleo");
        await _bench.Notifier.NextAsync<QueuesChangedEvent>(Shop);

        // The second has not passed while the clock stands still, whatever is hinted.
        for (var i = 0; i < 5; i++)
        {
            await _bench.StartAsync($"customer-{i}");
        }

        Assert.True(_bench.Notifier.IsSilent(Shop));
        Assert.True(_bench.Notifier.IsSilent("customer-0"));
        Assert.Equal(6, (await NextPlaceAsync("customer-4")).Position);
        var queues = await _bench.Notifier.NextAsync<QueuesChangedEvent>(Shop);
        Assert.Equal(6, queues.Queues.Single(queue => queue.Name == RoutingSites.Orders).Waiting);
        Assert.True(_bench.Notifier.IsSilent(Shop));
        Assert.True(_bench.Notifier.IsSilent("cleo"));
    }

    [Fact]
    public async Task NothingChanges_NothingIsRead()
    {
        await _bench.StartAsync("cleo");
        await NextPlaceAsync("cleo");
        await _bench.Notifier.NextAsync<QueuesChangedEvent>(Shop);
        var reads = _queue.LineReads;

        for (var i = 0; i < 600; i++)
        {
            _bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(reads, _queue.LineReads);
    }

    [Fact]
    public async Task AnotherNodeKeepsTheSite_NothingIsTold()
    {
        _keeper.IsThisNode = false;

        await _bench.StartAsync("cleo");
        await _keeper.AskedAgainAsync(_bench.Clock);

        Assert.True(_bench.Notifier.IsSilent("cleo"));
        Assert.True(_bench.Notifier.IsSilent(Shop));
    }

    [Fact]
    public async Task KeeperAgain_TellsPlacesThatItToldBefore()
    {
        await _bench.StartAsync("cleo");
        await NextPlaceAsync("cleo");
        _keeper.IsThisNode = false;
        _bench.Hints.ChangedElsewhere(Shop);
        await _keeper.AskedAgainAsync(_bench.Clock);

        _keeper.IsThisNode = true;
        _bench.Hints.ChangedElsewhere(Shop);

        Assert.Equal(1, (await NextPlaceAsync("cleo")).Position);
    }

    /// <summary>One who is served, one in line; the range goes and comes with the agent.</summary>
    [Fact]
    public async Task Wait_IsToldWithThePlace_AndWhenItChanges()
    {
        var anna = await _bench.HaveAgentAsync("anna");
        var last = 2 * WaitEstimator.MinimumHandled;
        for (var i = 0; i <= last; i++)
        {
            var served = await _bench.StartAsync($"served-{i}");
            Accepted(await _bench.Service.AcceptOfferAsync(anna, new AcceptOfferRequest(await _bench.OfferIdAsync(anna))));
            if (i < last)
            {
                Accepted(await _bench.Queue.CloseAsync(new CloseCommand(Shop, served.ContactId, Roles.Customer, $"served-{i}", null)));
            }
        }

        var chat = await _bench.StartAsync("cleo");
        Assert.Equal(
            new ContactChangedEvent(chat.ContactId, ContactStates.Waiting, chat.ConversationId, 1, new WaitRange(0, 60)), await NextPlaceAsync("cleo", "anna"));
        Accepted(await _bench.Service.SetStatusAsync(anna, new SetStatusRequest(AgentStatuses.Away)));
        Assert.Equal((1, null), PlaceOf(await NextPlaceAsync("cleo", "anna")));
        Assert.Equal(new WaitRange(0, 60), (await _bench.Queue.FindContactAsync(Shop, chat.ContactId))?.Shown?.Range);

        Accepted(await _bench.Service.SetStatusAsync(anna, new SetStatusRequest(AgentStatuses.Available)));

        Assert.Equal((1, new WaitRange(0, 60)), PlaceOf(await NextPlaceAsync("cleo", "anna")));

        static (int? Position, WaitRange? Wait) PlaceOf(ContactChangedEvent told) => (told.Position, told.EstimatedWait);
    }

    /// <summary>Updates pause on a thread of their own, so the clock is moved until the customer has been told.</summary>
    /// <param name="agent">Who stays connected meanwhile, however far that is.</param>
    private async Task<ContactChangedEvent> NextPlaceAsync(string customer, string? agent = null)
    {
        using var deadline = new CancellationTokenSource(Deadline.Default);
        while (_bench.Notifier.IsSilent(customer))
        {
            deadline.Token.ThrowIfCancellationRequested();
            _bench.Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
            if (agent is not null)
            {
                await _bench.Queue.RenewPresenceAsync(Shop, [new AgentConnection(agent, $"{agent}-1")]);
            }
        }

        return await _bench.Notifier.NextAsync<ContactChangedEvent>(customer);
    }
}
