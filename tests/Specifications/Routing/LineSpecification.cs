using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>Coming into a line, its order, and what can be seen of it.</summary>
public abstract class LineSpecification : ContactQueueSpecification
{
    [Fact]
    public async Task Enqueue_WithNobodyThere_WaitsInTheQueueOfItsTopic()
    {
        var contact = await EnqueueAsync("cleo", topic: "invoices");

        Assert.Equal(ContactStates.Waiting, contact.State);
        Assert.Equal(Payments, contact.Queue);
        Assert.Equal("invoices", contact.Topic);
        Assert.Equal(Clock.GetUtcNow(), contact.ArrivedAt);
        Assert.Null(contact.Agent);
        Assert.Equal("Hello", contact.Text);
        Assert.NotEqual(contact.ContactId, contact.ConversationId);
    }

    [Fact]
    public async Task Enqueue_SameRequest_AnswersTheSameContact()
    {
        var first = await EnqueueAsync("cleo", requestId: "r");
        var again = await EnqueueAsync("cleo", requestId: "r");

        Assert.Equal(first, again with { Customer = first.Customer });
        Assert.Single(await Queue.GetLineAsync(Shop, Orders).Within());
    }

    [Fact]
    public async Task Enqueue_SameRequestAfterItWasClosed_AnswersTheClosedContact()
    {
        var first = await EnqueueAsync("cleo", requestId: "r");
        Accepted(await CloseAsync(first.ContactId, Roles.Customer, "cleo"));
        await PassAsync(Limits.RequestMemory);

        var again = await EnqueueAsync("cleo", requestId: "r");

        Assert.Equal(first.ContactId, again.ContactId);
        Assert.Equal(ContactStates.Closed, again.State);
    }

    [Fact]
    public async Task Enqueue_WithAnOpenContact_AnswersThatOne()
    {
        var first = await EnqueueAsync("cleo");
        var second = await EnqueueAsync("cleo", topic: Payments, requestId: "second");
        Accepted(await CloseAsync(first.ContactId, Roles.Customer, "cleo"));
        var repeated = await EnqueueAsync("cleo", topic: Payments, requestId: "second");
        var fresh = await EnqueueAsync("cleo");

        Assert.Equal(first.ContactId, second.ContactId);
        Assert.Equal(first.ContactId, repeated.ContactId);
        Assert.NotEqual(first.ContactId, fresh.ContactId);
    }

    [Fact]
    public async Task Enqueue_OneCustomerFromManySides_MakesOneContact()
    {
        var contacts = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => EnqueueAsync("cleo", requestId: $"r{i}"))).Within();

        Assert.Single(contacts.Select(contact => contact.ContactId).Distinct());
        Assert.Single(await Queue.GetLineAsync(Shop, Orders).Within());
    }

    [Fact]
    public async Task Enqueue_UnknownTopic_IsInvalid() => Refused(ErrorCodes.Invalid, await TryEnqueueAsync("cleo", topic: "weather"));

    [Fact]
    public async Task Enqueue_UnknownSite_IsNotFound() => Refused(ErrorCodes.NotFound, await TryEnqueueAsync("cleo", site: "nowhere"));

    [Fact]
    public async Task Enqueue_OutsideHours_IsRefusedUntilTheMomentItOpens()
    {
        Refused(ErrorCodes.OutsideHours, await TryEnqueueAsync("cleo", topic: RoutingSites.Night));
        Clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMilliseconds(1));
        Refused(ErrorCodes.OutsideHours, await TryEnqueueAsync("cleo", topic: RoutingSites.Night));
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        await EnqueueAsync("cleo", topic: RoutingSites.Night);
    }

    [Fact]
    public async Task Enqueue_FullQueue_IsRefusedUntilThereIsRoom()
    {
        var first = await EnqueueAsync("cleo", topic: RoutingSites.Small);
        await EnqueueAsync("dana", topic: RoutingSites.Small);
        Refused(ErrorCodes.QueueFull, await TryEnqueueAsync("eric", topic: RoutingSites.Small, requestId: "eric"));
        Accepted(await CloseAsync(first.ContactId, Roles.Customer, "cleo"));

        var contact = await EnqueueAsync("eric", topic: RoutingSites.Small, requestId: "eric");

        Assert.Equal(2, await Queue.GetPositionAsync(Shop, contact.ContactId).Within());
    }

    [Fact]
    public async Task Enqueue_FullQueue_CountsOfferedContacts()
    {
        await HaveAgentAsync("anna", queues: [RoutingSites.Small]);
        await EnqueueAsync("cleo", topic: RoutingSites.Small);
        await EnqueueAsync("dana", topic: RoutingSites.Small);
        Refused(ErrorCodes.QueueFull, await TryEnqueueAsync("eric", topic: RoutingSites.Small));

        await AcceptAsync("anna");

        await EnqueueAsync("eric", topic: RoutingSites.Small);
    }

    [Fact]
    public async Task Line_IsInOrderOfArrival_WithOfferedContactsInIt()
    {
        await HaveAgentAsync("anna");
        var cleo = await EnqueueAsync("cleo");
        var dana = await EnqueueAsync("dana");
        var eric = await EnqueueAsync("eric");
        await EnqueueAsync("fred", topic: Payments);

        var line = await Queue.GetLineAsync(Shop, Orders).Within();

        Assert.Equal([cleo.ContactId, dana.ContactId, eric.ContactId], line.Select(place => place.ContactId));
        Assert.Equal([1, 2, 3], line.Select(place => place.Position));
        Assert.Equal([ContactStates.Offered, ContactStates.Waiting, ContactStates.Waiting], line.Select(place => place.State));
        Assert.Equal(("cleo", cleo.ConversationId), (line[0].CustomerId, line[0].ConversationId));
    }

    [Fact]
    public async Task Position_IsContactsAheadPlusOne_AndNullOutOfLine()
    {
        await HaveAgentAsync("anna");
        var cleo = await EnqueueAsync("cleo");
        var dana = await EnqueueAsync("dana");
        Assert.Equal(2, await Queue.GetPositionAsync(Shop, dana.ContactId).Within());

        await AcceptAsync("anna");

        Assert.Null(await Queue.GetPositionAsync(Shop, cleo.ContactId).Within());
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, dana.ContactId).Within());
        Assert.Null(await Queue.GetPositionAsync(Shop, "unknown").Within());
    }

    [Fact]
    public async Task Position_AnywhereInALongLine_IsContactsAheadPlusOne()
    {
        var line = new List<Contact>();
        for (var i = 1; i <= 230; i++)
        {
            line.Add(await EnqueueAsync($"customer-{i}"));
            Assert.Equal(i, await Queue.GetPositionAsync(Shop, line[^1].ContactId).Within());
        }

        Accepted(await CloseAsync(line[0].ContactId, Roles.Customer, "customer-1"));

        foreach (var number in (int[])[2, 3, 100, 130, 131, 132, 229, 230])
        {
            Assert.Equal(number - 1, await Queue.GetPositionAsync(Shop, line[number - 1].ContactId).Within());
        }

        var positions = await Queue.GetPositionsAsync(Shop, ["unknown", .. line.Select(contact => contact.ContactId).Reverse(), line[1].ContactId]).Within();

        Assert.Equal([null, .. Enumerable.Range(1, 229).Reverse().Select(place => (int?)place), null, 1], positions);
        Assert.Equal(229, (await Queue.GetQueuesAsync(Shop).Within())[0].Waiting);
    }

    [Fact]
    public async Task Line_WhenTheClockStepsBack_KeepsTheOrderOfArrival()
    {
        var cleo = await EnqueueAsync("cleo");
        Clock.StepWallClock(TimeSpan.FromHours(-1));
        await RestartAsync();
        var dana = await EnqueueAsync("dana");

        await HaveAgentAsync("anna");

        Assert.True(dana.ArrivedAt < cleo.ArrivedAt);
        Assert.Equal(cleo.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
        Assert.Equal(2, await Queue.GetPositionAsync(Shop, dana.ContactId).Within());
    }

    [Fact]
    public async Task Queues_SayWhoWaitsAndWhoIsThere()
    {
        await HaveAgentAsync("anna", capacity: 2, queues: [Orders, Payments]);
        await HaveAgentAsync("bert", queues: [Payments]);
        await ConnectAsync("carl");
        var arrival = Clock.GetUtcNow();
        await EnqueueAsync("cleo");
        await PassAsync(TimeSpan.FromSeconds(5));
        await EnqueueAsync("dana");

        var queues = await Queue.GetQueuesAsync(Shop).Within();

        Assert.Equal([Orders, Payments, RoutingSites.Night, RoutingSites.Small, RoutingSites.Shifts], queues.Select(queue => queue.Name));
        Assert.Equal((2, arrival, 1), (queues[0].Waiting, queues[0].OldestArrival, queues[0].AgentsAvailable));
        Assert.Equal((0, (DateTimeOffset?)null, 2), (queues[1].Waiting, queues[1].OldestArrival, queues[1].AgentsAvailable));
        Assert.Empty(await Queue.GetQueuesAsync("nowhere").Within());
    }

    [Fact]
    public async Task OpenContacts_AreTheCustomersOwnOnThisSite()
    {
        var contact = await EnqueueAsync("cleo");
        await EnqueueAsync("dana");
        await EnqueueAsync("cleo", site: RoutingSites.OtherShop);

        var open = Assert.Single(await Queue.ListOpenContactsAsync(Shop, "cleo").Within());
        Assert.Equal(contact.ContactId, open.ContactId);
        Accepted(await CloseAsync(contact.ContactId, Roles.Customer, "cleo"));

        Assert.Empty(await Queue.ListOpenContactsAsync(Shop, "cleo").Within());
    }

    [Fact]
    public async Task Sites_DoNotSeeEachOther()
    {
        await HaveAgentAsync("anna", site: RoutingSites.OtherShop);
        var contact = await EnqueueAsync("cleo");

        Assert.Equal(ContactStates.Waiting, contact.State);
        Assert.Null(await Queue.FindContactAsync(RoutingSites.OtherShop, contact.ContactId).Within());
        Assert.Null(await Queue.FindAgentAsync(Shop, "anna").Within());
        Assert.Null(await Queue.GetPositionAsync(RoutingSites.OtherShop, contact.ContactId).Within());
    }

    [Fact]
    public async Task Restart_KeepsContactsAndPlaces()
    {
        var cleo = await EnqueueAsync("cleo", requestId: "r");
        var dana = await EnqueueAsync("dana");

        await RestartAsync();

        Assert.Equal(cleo.ContactId, (await EnqueueAsync("cleo", requestId: "r")).ContactId);
        Assert.Equal(2, await Queue.GetPositionAsync(Shop, dana.ContactId).Within());
        await HaveAgentAsync("anna");
        Assert.Equal(cleo.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }
}
