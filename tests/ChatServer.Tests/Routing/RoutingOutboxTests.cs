using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;
using static CoPilot.ChatServer.Tests.Routing.RoutingBench;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class RoutingOutboxTests : IAsyncDisposable
{
    private readonly RoutingBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Drain_TellsCustomersTheirPlaceAndAgentsTheirOffer()
    {
        var anna = await _bench.HaveAgentAsync("anna");
        var chat = await _bench.StartAsync("cleo");

        await _bench.Outbox.DrainAsync(Shop);

        Assert.Equal(
            new ContactChangedEvent(chat.ContactId, ContactStates.Waiting, chat.ConversationId, Position: 1),
            await _bench.Notifier.NextAsync<ContactChangedEvent>("cleo"));
        Assert.Equal(
            new ContactChangedEvent(chat.ContactId, ContactStates.Offered, chat.ConversationId, Position: 1),
            await _bench.Notifier.NextAsync<ContactChangedEvent>("cleo"));
        var offered = await _bench.Notifier.NextAsync<OfferedEvent>("anna");
        Assert.Equal((await _bench.OfferIdAsync(anna), "Hello"), (offered.OfferId, offered.Text));
    }

    [Fact]
    public async Task Drain_DoesNotTellCustomersWhoDidNotWantThem()
    {
        var anna = await _bench.HaveAgentAsync("anna");
        await _bench.StartAsync("cleo");
        Accepted(await _bench.Service.DeclineOfferAsync(anna, new DeclineOfferRequest(await _bench.OfferIdAsync(anna))));

        await _bench.Outbox.DrainAsync(Shop);

        var told = _bench.Notifier.TakeAll("cleo").Cast<ContactChangedEvent>().ToList();
        Assert.Equal([ContactStates.Waiting, ContactStates.Offered, ContactStates.Waiting], told.Select(each => each.State));
        Assert.All(told, each => Assert.Equal((null, null), (each.Reason, each.Agent)));
        Assert.Equal(Reasons.Declined, Assert.Single(_bench.Notifier.TakeAll("anna").OfType<OfferWithdrawnEvent>()).Reason);
    }

    [Fact]
    public async Task Drain_FromManySidesAtOnce_AppliesEverythingInOrder()
    {
        var anna = await _bench.HaveAgentAsync("anna", capacity: 20);
        for (var i = 0; i < 20; i++)
        {
            await _bench.StartAsync($"customer-{i}");
        }

        // Each accept drains, and each makes the next offer.
        var accepting = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                Accepted(await _bench.Service.AcceptOfferAsync(anna, new AcceptOfferRequest(await _bench.OfferIdAsync(anna))));
            }
        });
        while (!accepting.IsCompleted)
        {
            await Task.WhenAll(_bench.Outbox.DrainAsync(Shop), _bench.Outbox.DrainAsync(Shop)).Within();
        }

        await accepting.Within();

        Assert.Empty(await _bench.Queue.ReadEffectsAsync(Shop, 10));
        for (var i = 0; i < 20; i++)
        {
            var states = _bench.Notifier.TakeAll($"customer-{i}").Cast<ContactChangedEvent>().Select(told => told.State);
            Assert.Equal([ContactStates.Waiting, ContactStates.Offered, ContactStates.Active], states);
        }
    }

    [Fact]
    public async Task Drain_AfterAFailure_KeepsTheFailedEffectAndWhatFollowsIt()
    {
        var (anna, cleo) = await _bench.HaveActiveAsync("anna", "cleo");
        var dana = await _bench.StartAsync("dana");
        await _bench.Outbox.DrainAsync(Shop);
        _bench.Notifier.TakeAll("cleo");
        _bench.Notifier.TakeAll("dana");
        _bench.Conversations.IsOutOfReach = conversationId => conversationId == cleo.ConversationId;

        // Ending fails outwardly, but routing has done it; its effects and those of the next one wait.
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _bench.Service.EndChatAsync(anna, new EndChatRequest(cleo.ConversationId)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _bench.Outbox.DrainAsync(Shop));
        Assert.Equal(ContactStates.Active, (await _bench.Conversations.FindAsync(cleo.ConversationId))?.State);
        Assert.True(_bench.Notifier.IsSilent("cleo"));
        Assert.True(_bench.Notifier.IsSilent("dana"));

        _bench.Conversations.IsOutOfReach = _ => false;
        Accepted(await _bench.Service.EndChatAsync(anna, new EndChatRequest(cleo.ConversationId)));

        Assert.Equal(ContactStates.Closed, (await _bench.Conversations.FindAsync(cleo.ConversationId))?.State);
        Assert.Equal(ContactStates.Closed, (await _bench.Notifier.NextAsync<ContactChangedEvent>("cleo")).State);
        Assert.Equal((dana.ContactId, ContactStates.Offered), Told(await _bench.Notifier.NextAsync<ContactChangedEvent>("dana")));
    }

    [Fact]
    public async Task Drain_AfterTheStoreLostAConversation_BeginsItAnewAndGoesOn()
    {
        _bench.Log.Expect("which routing still has");
        var (anna, cleo) = await _bench.HaveActiveAsync("anna", "cleo");
        var before = (await _bench.Conversations.FindAsync(cleo.ConversationId))!;
        await _bench.LoseConversationAsync(cleo.ConversationId);

        Accepted(await _bench.Service.TransferAsync(anna, new TransferRequest("request-9", cleo.ContactId, Queue: RoutingSites.Payments)));

        Assert.Empty(await _bench.Queue.ReadEffectsAsync(Shop, 10));
        var after = (await _bench.Conversations.FindAsync(cleo.ConversationId))!;
        Assert.Equal((before.ContactId, ContactStates.Waiting), (after.ContactId, after.State));
        Assert.NotEqual(before.Epoch, after.Epoch);
    }

    [Fact]
    public async Task Drain_OnTwoNodesAtOnce_TellsEachThingOnce()
    {
        var otherNode = new RoutingOutbox(
            _bench.Queue,
            _bench.Conversations,
            new RoutingNotices(_bench.Queue, _bench.Waits, _bench.Notifier, _bench.Sites),
            new InactivityWatch(_bench.Queue, _bench.Conversations, _bench.Sites),
            new RoutingMetrics(_bench.Meters, _bench.Clock),
            _bench.Log.For<RoutingOutbox>());
        for (var i = 0; i < 50; i++)
        {
            await _bench.StartAsync($"customer-{i}");
            await Task.WhenAll(_bench.Outbox.DrainAsync(Shop), otherNode.DrainAsync(Shop)).Within();
        }

        for (var i = 0; i < 50; i++)
        {
            Assert.Single(_bench.Notifier.TakeAll($"customer-{i}"));
        }
    }

    [Fact]
    public async Task DrainLeft_OfAnotherNode_AppliesAtTheSecondLook()
    {
        await _bench.StartAsync("cleo");

        await _bench.Outbox.DrainLeftAsync(Shop);
        Assert.True(_bench.Notifier.IsSilent("cleo"));
        await _bench.Outbox.DrainLeftAsync(Shop);

        Assert.Single(_bench.Notifier.TakeAll("cleo"));
    }

    [Fact]
    public async Task Metrics_CountWhatHappened()
    {
        var (arrived, closed, waited) = (0L, 0L, -1.0);
        using var arrivals = _bench.Meters.Listen<long>("copilot.routing.contacts.arrived", count => arrived += count);
        using var ends = _bench.Meters.Listen<long>("copilot.routing.contacts.closed", count => closed += count);
        using var waits = _bench.Meters.Listen<double>("copilot.routing.wait", seconds => waited = seconds);
        var anna = await _bench.HaveAgentAsync("anna");
        var chat = await _bench.StartAsync("cleo");
        _bench.Clock.Advance(TimeSpan.FromSeconds(4));
        Accepted(await _bench.Service.AcceptOfferAsync(anna, new AcceptOfferRequest(await _bench.OfferIdAsync(anna))));
        Accepted(await _bench.Service.EndChatAsync(Customer("cleo"), new EndChatRequest(chat.ConversationId)));

        Assert.Equal((1, 1, 4.0), (arrived, closed, waited));
    }

    [Fact]
    public async Task Metrics_OfAWait_CountAContactOnce_HoweverOftenItIsTaken()
    {
        var waited = new List<double>();
        using var waits = _bench.Meters.Listen<double>("copilot.routing.wait", waited.Add);
        var (anna, chat) = await _bench.HaveActiveAsync("anna", "cleo");
        Accepted(await _bench.Service.TransferAsync(anna, new TransferRequest("t", chat.ContactId, RoutingSites.Orders)));
        var bert = await _bench.HaveAgentAsync("bert");
        Accepted(await _bench.Service.AcceptOfferAsync(bert, new AcceptOfferRequest(await _bench.OfferIdAsync(bert))));
        await _bench.Outbox.DrainAsync(Shop);

        Assert.Equal([0.0], waited);
    }

    private static (string ContactId, string State) Told(ContactChangedEvent told) => (told.ContactId, told.State);
}
