using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>Agents who are available and not there.</summary>
public abstract class MissedOfferSpecification : ContactQueueSpecification
{
    [Fact]
    public async Task TwoInARow_AreAway_AndAreTold()
    {
        await HaveAgentAsync("anna");
        await EnqueueAsync("cleo");
        await EnqueueAsync("dana");
        await PassAsync(RoutingSites.AcceptTimeout);
        Assert.Equal(AgentStatuses.Available, (await AgentAsync("anna")).Status);
        await ForgetEffectsAsync();

        await PassAsync(RoutingSites.AcceptTimeout);

        Assert.Equal((AgentStatuses.Away, null), ((await AgentAsync("anna")).Status, (await AgentAsync("anna")).Offer));
        var effects = await EffectsAsync();
        var changed = Assert.Single(effects.OfType<AgentStatusChanged>());
        Assert.Equal(("anna", AgentStatuses.Away, Reasons.MissedOffers), (changed.AgentId, changed.Status, changed.Reason));
        Assert.Equal(Reasons.NotAnswered, Assert.Single(effects.OfType<OfferEnded>()).Reason);
        await PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(2, (await Queue.GetLineAsync(Shop, Orders).Within()).Count);
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("decline")]
    [InlineData("status")]
    public async Task AnyAnswer_BeginsAnew(string answer)
    {
        await HaveAgentAsync("anna", capacity: 2);
        foreach (var customer in (string[])["cleo", "dana", "eric"])
        {
            await EnqueueAsync(customer);
        }

        await PassAsync(RoutingSites.AcceptTimeout);
        await (answer switch
        {
            "accept" => AcceptAsync("anna"),
            "decline" => DeclineAsync("anna"),
            _ => SetStatusAsync("anna", AgentStatuses.Available),
        });

        await PassAsync(RoutingSites.AcceptTimeout);

        Assert.Equal(AgentStatuses.Available, (await AgentAsync("anna")).Status);
    }

    [Fact]
    public async Task AnOfferThatIsWithdrawn_IsNeitherMissedNorAnswered()
    {
        await HaveAgentAsync("anna");
        await EnqueueAsync("cleo");
        await PassAsync(RoutingSites.AcceptTimeout);
        var dana = await EnqueueAsync("dana");
        Accepted(await CloseAsync(dana.ContactId, Roles.Customer, "dana"));
        Assert.Equal(AgentStatuses.Available, (await AgentAsync("anna")).Status);
        await EnqueueAsync("eric");

        await PassAsync(RoutingSites.AcceptTimeout);

        Assert.Equal(AgentStatuses.Away, (await AgentAsync("anna")).Status);
    }

    [Fact]
    public async Task Available_AfterBeingAway_MayMissOneAgain()
    {
        await HaveAgentAsync("anna");
        foreach (var customer in (string[])["cleo", "dana", "eric"])
        {
            await EnqueueAsync(customer);
        }

        await PassAsync(2 * RoutingSites.AcceptTimeout);
        await SetStatusAsync("anna", AgentStatuses.Available);
        await PassAsync(RoutingSites.AcceptTimeout);

        Assert.Equal(AgentStatuses.Available, (await AgentAsync("anna")).Status);
    }

    [Fact]
    public async Task WhereTheSiteSaysSo_NobodyIsAway()
    {
        await HaveAgentAsync("anna", site: RoutingSites.OtherShop);
        for (var i = 0; i < 5; i++)
        {
            await EnqueueAsync($"customer-{i}", site: RoutingSites.OtherShop);
            Clock.Advance(RoutingSites.AcceptTimeout);
            await Queue.RenewPresenceAsync(RoutingSites.OtherShop, [new AgentConnection("anna", "anna-tab")]).Within();
            await Queue.FireDueTimersAsync(RoutingSites.OtherShop, limit: 1_000).Within();
        }

        Assert.Equal(AgentStatuses.Available, (await Queue.FindAgentAsync(RoutingSites.OtherShop, "anna").Within())!.Status);
    }
}
