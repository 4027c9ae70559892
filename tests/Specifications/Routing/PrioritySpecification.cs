using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>Head starts, and that nobody is overtaken for ever. The rules are those of the queue orders, as <see cref="RoutingSites"/> says.</summary>
public abstract class PrioritySpecification : ContactQueueSpecification
{
    private static readonly Dictionary<string, string> Gold = new() { ["tier"] = "gold" };

    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task Topic_GivesAHeadStart()
    {
        var cleo = await EnqueueAsync("cleo");
        Clock.Advance(TimeSpan.FromMinutes(1) - Instant);
        var dana = await EnqueueAsync("dana", RoutingSites.Express);
        Clock.Advance(Instant);
        await EnqueueAsync("eric", RoutingSites.Express);

        Assert.Equal([dana.ContactId, cleo.ContactId], (await LineAsync()).Take(2));
        Assert.Equal(Clock.GetUtcNow() - Instant, dana.ArrivedAt);
        Assert.Equal(2, await Queue.GetPositionAsync(Shop, cleo.ContactId).Within());
        await HaveAgentAsync("anna");
        Assert.Equal(dana.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Theory]
    [InlineData(true, false, 30)]
    [InlineData(false, true, 60)]
    public async Task Customer_GivesAHeadStart(bool verified, bool gold, int seconds)
    {
        var cleo = await EnqueueAsync("cleo");
        Clock.Advance(TimeSpan.FromSeconds(seconds) - Instant);
        var before = await EnqueueAsync("dana", Orders, verified, gold);
        Clock.Advance(Instant);
        var after = await EnqueueAsync("eric", Orders, verified, gold);

        Assert.Equal([before.ContactId, cleo.ContactId, after.ContactId], await LineAsync());
    }

    [Fact]
    public async Task SeveralRules_AreAddedUp_ToTheMaximum()
    {
        var cleo = await EnqueueAsync("cleo");
        Clock.Advance(RoutingSites.MaximumHeadStart - Instant);
        var before = await EnqueueAsync("dana", RoutingSites.Express, verified: true, gold: true);
        Clock.Advance(Instant);
        var after = await EnqueueAsync("eric", RoutingSites.Express, verified: true, gold: true);

        Assert.Equal([before.ContactId, cleo.ContactId, after.ContactId], await LineAsync());
    }

    [Fact]
    public async Task Rules_AreThoseOfTheQueueThatItComesTo()
    {
        var cleo = await EnqueueAsync("cleo", Payments);
        var dana = await EnqueueAsync("dana", Payments, verified: true, gold: true);

        Assert.Equal([cleo.ContactId, dana.ContactId], (await Queue.GetLineAsync(Shop, Payments).Within()).Select(place => place.ContactId));
    }

    [Fact]
    public async Task AContactThatComesBack_KeepsItsPlace_InAnyLine()
    {
        await EnqueueAsync("cleo");
        await EnqueueAsync("eric", Payments);
        Clock.Advance(TimeSpan.FromSeconds(50));
        var dana = await EnqueueAsync("dana", RoutingSites.Express);
        await HaveAgentAsync("anna");
        await DeclineAsync("anna");
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, dana.ContactId).Within());
        await HaveAgentAsync("bert");
        await AcceptAsync("bert");

        Accepted(await TransferAsync("bert", dana.ContactId, toQueue: Payments));

        Assert.Equal(1, await Queue.GetPositionAsync(Shop, dana.ContactId).Within());
    }

    [Fact]
    public async Task ScheduledCallback_HasItsHeadStartWhenItEnters()
    {
        await ScheduleAsync("dana", "+31612345678", Clock.GetUtcNow().AddMinutes(5), RoutingSites.Express);
        await PassAsync(TimeSpan.FromMinutes(5) - RoutingSites.Lead - TimeSpan.FromSeconds(59));
        var cleo = await EnqueueAsync("cleo");

        await PassAsync(TimeSpan.FromSeconds(59));

        Assert.Equal(2, await Queue.GetPositionAsync(Shop, cleo.ContactId).Within());
    }

    /// <summary>However many come who have a head start: who waits is overtaken only by those who came soon enough.</summary>
    [Fact]
    public async Task WhoWaits_IsServedBeforeEverybodyWhoCameLaterThanTheMaximum()
    {
        var cleo = await EnqueueAsync("cleo");
        var served = new List<Contact>();
        await HaveAgentAsync("anna", capacity: 100);
        await SetStatusAsync("anna", AgentStatuses.Away);
        for (var i = 0; served.LastOrDefault()?.ContactId != cleo.ContactId; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(5));
            await RenewAsync("anna");
            await EnqueueAsync($"{i}", RoutingSites.Express, verified: true, gold: true);
            await EnqueueAsync($"{i} too", RoutingSites.Express, verified: true, gold: true);
            await SetStatusAsync("anna", AgentStatuses.Available);
            served.Add(await AcceptAsync("anna"));
            await SetStatusAsync("anna", AgentStatuses.Away);
        }

        Assert.All(served, contact => Assert.True(contact.ArrivedAt - cleo.ArrivedAt < RoutingSites.MaximumHeadStart));
        Assert.Equal(35, served.Count);
    }

    private async Task<Contact> EnqueueAsync(string customer, string topic, bool verified, bool gold) => Accepted(await Queue.EnqueueAsync(
        new NewContact(NewRequestId(), Shop, new CustomerInfo(customer, verified), topic, Text: null) { Attributes = gold ? Gold : [] }).Within());

    private async Task<IEnumerable<string>> LineAsync() => (await Queue.GetLineAsync(Shop, Orders).Within()).Select(place => place.ContactId);
}
