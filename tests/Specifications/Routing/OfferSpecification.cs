using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>Who is offered what, and what comes of it.</summary>
public abstract class OfferSpecification : ContactQueueSpecification
{
    [Fact]
    public async Task Enqueue_WithAFreeAgent_IsOfferedAtOnce()
    {
        await HaveAgentAsync("anna");

        var contact = await EnqueueAsync("cleo");

        var offer = await OfferOfAsync("anna");
        Assert.Equal(ContactStates.Offered, contact.State);
        Assert.Equal("anna", contact.Agent?.AgentId);
        Assert.Equal(contact.ContactId, offer.Contact.ContactId);
        Assert.Equal(Clock.GetUtcNow() + RoutingSites.AcceptTimeout, offer.ExpiresAt);
        Assert.Equal(1, (await AgentAsync("anna")).Load);
    }

    [Fact]
    public async Task AgentBecomesAvailable_IsOfferedTheOldestOfTheirQueues()
    {
        await EnqueueAsync("cleo", topic: RoutingSites.Small);
        var dana = await EnqueueAsync("dana", topic: Payments);
        await EnqueueAsync("eric");

        await HaveAgentAsync("anna", queues: [Orders, Payments]);

        Assert.Equal(dana.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Theory]
    [InlineData(AgentStatuses.Away)]
    [InlineData(AgentStatuses.Offline)]
    public async Task AgentNotAvailable_IsOfferedNothing(string status)
    {
        await ConnectAsync("anna");
        await SetStatusAsync("anna", status);

        Assert.Equal(ContactStates.Waiting, (await EnqueueAsync("cleo")).State);
    }

    [Fact]
    public async Task AgentWithoutTheQueue_IsOfferedNothing()
    {
        await HaveAgentAsync("anna", queues: [Payments]);

        Assert.Equal(ContactStates.Waiting, (await EnqueueAsync("cleo")).State);
    }

    [Fact]
    public async Task Agent_HasOneOpenOffer_AndTheNextAfterAccepting()
    {
        await HaveAgentAsync("anna", capacity: 2);
        await EnqueueAsync("cleo");
        var dana = await EnqueueAsync("dana");
        Assert.Equal(ContactStates.Waiting, dana.State);

        await AcceptAsync("anna");

        Assert.Equal(dana.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task Agent_AtCapacity_IsOfferedTheNextWhenOneIsClosed()
    {
        var cleo = await HaveActiveAsync("anna", "cleo");
        var dana = await EnqueueAsync("dana");
        Assert.Equal(ContactStates.Waiting, dana.State);
        Assert.Null((await AgentAsync("anna")).Offer);

        Accepted(await CloseAsync(cleo.ContactId, Roles.Agent, "anna"));

        Assert.Equal(dana.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task Offer_GoesToTheLeastLoaded()
    {
        await HaveActiveAsync("anna", "cleo", capacity: 5);
        await HaveAgentAsync("bert", capacity: 5);

        Assert.Equal("bert", (await EnqueueAsync("dana")).Agent?.AgentId);
    }

    [Fact]
    public async Task Offer_AmongEquallyLoaded_GoesToTheLongestIdle()
    {
        await HaveAgentAsync("bert");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await HaveAgentAsync("anna");
        Assert.Equal("bert", (await EnqueueAsync("cleo")).Agent?.AgentId);

        // Whoever had something last comes last.
        var contact = await AcceptAsync("bert");
        Clock.Advance(TimeSpan.FromSeconds(1));
        Accepted(await CloseAsync(contact.ContactId, Roles.Agent, "bert"));

        Assert.Equal("anna", (await EnqueueAsync("dana")).Agent?.AgentId);
    }

    [Fact]
    public async Task Offer_AmongEquals_GoesToTheSmallestId()
    {
        await HaveAgentAsync("bert");
        await HaveAgentAsync("anna");

        Assert.Equal("anna", (await EnqueueAsync("cleo")).Agent?.AgentId);
    }

    [Fact]
    public async Task Accept_MakesItTheAgents_AndItsRepetitionIsAnsweredAlike()
    {
        await HaveAgentAsync("anna");
        await EnqueueAsync("cleo");
        var offer = await OfferOfAsync("anna");
        Clock.Advance(TimeSpan.FromSeconds(3));

        var contact = Accepted(await Queue.AcceptOfferAsync(Shop, "anna", offer.OfferId).Within());
        Clock.Advance(RoutingSites.AcceptTimeout);
        var again = Accepted(await Queue.AcceptOfferAsync(Shop, "anna", offer.OfferId).Within());

        Assert.Equal((ContactStates.Active, "anna"), (contact.State, contact.Agent?.AgentId));
        Assert.Equal(offer.OfferedAt + TimeSpan.FromSeconds(3), contact.AcceptedAt);
        Assert.True(contact.Fence > offer.Contact.Fence);
        Assert.Equal(contact.Fence, again.Fence);
        var agent = await AgentAsync("anna");
        Assert.Equal((1, null), (agent.Load, agent.Offer));
        Assert.Equal(contact.ContactId, Assert.Single(agent.Contacts).ContactId);
    }

    [Fact]
    public async Task Accept_OfSomebodyElsesOffer_IsStale()
    {
        await HaveAgentAsync("anna");
        await HaveAgentAsync("bert");
        await EnqueueAsync("cleo");
        var offer = await OfferOfAsync("anna");

        Refused(ErrorCodes.Stale, await Queue.AcceptOfferAsync(Shop, "bert", offer.OfferId).Within());
        Refused(ErrorCodes.Stale, await Queue.DeclineOfferAsync(Shop, "bert", offer.OfferId).Within());
        Refused(ErrorCodes.Stale, await Queue.AcceptOfferAsync(Shop, "anna", "unknown").Within());
        Refused(ErrorCodes.Stale, await Queue.AcceptOfferAsync(RoutingSites.OtherShop, "anna", offer.OfferId).Within());
    }

    [Fact]
    public async Task Answer_AtTheDueTime_IsStaleThoughTheTimerWasNotClaimed()
    {
        await HaveAgentAsync("anna");
        var contact = await EnqueueAsync("cleo");
        var offer = await OfferOfAsync("anna");
        Clock.Advance(RoutingSites.AcceptTimeout);

        Refused(ErrorCodes.Stale, await Queue.AcceptOfferAsync(Shop, "anna", offer.OfferId).Within());
        Refused(ErrorCodes.Stale, await Queue.DeclineOfferAsync(Shop, "anna", offer.OfferId).Within());
        Assert.Equal(contact.Fence, (await ContactAsync(contact.ContactId)).Fence);
    }

    [Fact]
    public async Task Accept_JustBeforeTheDueTime_IsInTime()
    {
        await HaveAgentAsync("anna");
        await EnqueueAsync("cleo");
        Clock.Advance(RoutingSites.AcceptTimeout - TimeSpan.FromMilliseconds(1));

        Assert.Equal(ContactStates.Active, (await AcceptAsync("anna")).State);
    }

    [Fact]
    public async Task Decline_GoesToTheNextAgent_AndItsRepetitionIsAccepted()
    {
        await HaveAgentAsync("anna");
        var contact = await EnqueueAsync("cleo");
        await HaveAgentAsync("bert");
        var offer = await OfferOfAsync("anna");

        Accepted(await Queue.DeclineOfferAsync(Shop, "anna", offer.OfferId).Within());
        Accepted(await Queue.DeclineOfferAsync(Shop, "anna", offer.OfferId).Within());

        Assert.Equal(contact.ContactId, (await OfferOfAsync("bert")).Contact.ContactId);
        Assert.Equal(0, (await AgentAsync("anna")).Load);
        Refused(ErrorCodes.Stale, await Queue.AcceptOfferAsync(Shop, "anna", offer.OfferId).Within());
    }

    [Fact]
    public async Task Decline_PutsItBackInItsOldPlace()
    {
        await HaveAgentAsync("anna");
        var cleo = await EnqueueAsync("cleo");
        await EnqueueAsync("dana");

        await DeclineAsync("anna");

        var back = await ContactAsync(cleo.ContactId);
        Assert.Equal((ContactStates.Waiting, cleo.ArrivedAt), (back.State, back.ArrivedAt));
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, cleo.ContactId).Within());
        await HaveAgentAsync("bert");
        Assert.Equal(cleo.ContactId, (await OfferOfAsync("bert")).Contact.ContactId);
    }

    [Fact]
    public async Task Decline_FreesTheAgentForTheNextContact()
    {
        await HaveAgentAsync("anna");
        await EnqueueAsync("cleo");
        var dana = await EnqueueAsync("dana");

        await DeclineAsync("anna");

        Assert.Equal(dana.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task Unanswered_GoesToTheNextAgent()
    {
        await HaveAgentAsync("anna");
        var contact = await EnqueueAsync("cleo");
        await HaveAgentAsync("bert");

        await PassAsync(RoutingSites.AcceptTimeout);

        Assert.Null((await AgentAsync("anna")).Offer);
        Assert.Equal(contact.ContactId, (await OfferOfAsync("bert")).Contact.ContactId);
    }

    [Fact]
    public async Task PassedOver_WithNobodyElse_IsOfferedAgainAfterAMinute()
    {
        await HaveAgentAsync("anna");
        var contact = await EnqueueAsync("cleo");
        await DeclineAsync("anna");

        Clock.Advance(RoutingRules.PassedOverFor - TimeSpan.FromMilliseconds(1));
        await RenewAsync("anna");
        await FireAsync();
        Assert.Equal(ContactStates.Waiting, (await ContactAsync(contact.ContactId)).State);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await FireAsync();

        Assert.Equal(contact.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task PassedOver_ALongTimeAgo_StillComesAfterEverybodyElse()
    {
        await HaveActiveAsync("carl", "dana", capacity: 3);
        await HaveAgentAsync("anna");
        var contact = await EnqueueAsync("cleo");
        await DeclineAsync("anna");
        await SetStatusAsync("carl", AgentStatuses.Away);
        await SetStatusAsync("anna", AgentStatuses.Away);
        Clock.Advance(RoutingRules.PassedOverFor);
        await RenewAsync("anna");
        await RenewAsync("carl");
        await HaveAgentAsync("bert");
        Assert.Equal(contact.ContactId, (await OfferOfAsync("bert")).Contact.ContactId);
        await SetStatusAsync("anna", AgentStatuses.Available);
        await SetStatusAsync("carl", AgentStatuses.Available);

        // Carl serves somebody and Anna nobody, but Anna has had it before.
        await DeclineAsync("bert");

        Assert.Equal("carl", (await ContactAsync(contact.ContactId)).Agent?.AgentId);
    }

    [Fact]
    public async Task NotAvailable_WithdrawsTheOfferAndKeepsWhatIsServed()
    {
        var cleo = await HaveActiveAsync("anna", "cleo", capacity: 2);
        var dana = await EnqueueAsync("dana");
        var offer = await OfferOfAsync("anna");

        var agent = await SetStatusAsync("anna", AgentStatuses.Away);

        Assert.Null(agent.Offer);
        Assert.Equal(cleo.ContactId, Assert.Single(agent.Contacts).ContactId);
        Assert.Equal(1, agent.Load);
        Assert.Equal(ContactStates.Waiting, (await ContactAsync(dana.ContactId)).State);
        Refused(ErrorCodes.Stale, await Queue.AcceptOfferAsync(Shop, "anna", offer.OfferId).Within());
        Refused(ErrorCodes.Stale, await Queue.DeclineOfferAsync(Shop, "anna", offer.OfferId).Within());
    }

    [Fact]
    public async Task NotAvailable_WasNoDecline_SoItComesBackAtOnce()
    {
        await HaveAgentAsync("anna");
        var contact = await EnqueueAsync("cleo");
        await SetStatusAsync("anna", AgentStatuses.Away);

        await SetStatusAsync("anna", AgentStatuses.Available);

        Assert.Equal(contact.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task SetStatus_OfAnAgentNeverSeen_IsNotFound() =>
        Refused(ErrorCodes.NotFound, await Queue.SetStatusAsync(Shop, "nobody", AgentStatuses.Available).Within());

    [Fact]
    public async Task Race_ManyAgentsForManyContacts_GivesEachContactOneOwner()
    {
        string[] agents = [.. Enumerable.Range(0, 8).Select(i => $"agent-{i}")];
        foreach (var agent in agents)
        {
            await HaveAgentAsync(agent, capacity: 3);
        }

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => EnqueueAsync($"customer-{i}"))).Within();
        await Task.WhenAll(agents.Select(TakeUntilFullAsync)).Within();

        var owned = new List<string>();
        foreach (var agent in agents)
        {
            var now = await AgentAsync(agent);
            Assert.Equal((3, 3), (now.Load, now.Contacts.Count));
            owned.AddRange(now.Contacts.Select(contact => contact.ContactId));
        }

        Assert.Equal(owned.Count, owned.Distinct().Count());
        Assert.Equal(6, (await Queue.GetLineAsync(Shop, Orders).Within()).Count);
    }

    [Fact]
    public async Task Race_ForOneOffer_IsWonOnce()
    {
        await HaveAgentAsync("anna");
        await EnqueueAsync("cleo");
        var offerId = (await OfferOfAsync("anna")).OfferId;
        await HaveAgentAsync("bert");

        var declined = Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Queue.DeclineOfferAsync(Shop, "anna", offerId))));
        var accepted = Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Queue.AcceptOfferAsync(Shop, "anna", offerId))));
        await Task.WhenAll(declined, accepted).Within();

        var accepts = (await accepted).Count(outcome => outcome.IsAccepted);
        var declines = (await declined).Count(outcome => outcome.IsAccepted);
        Assert.Contains((accepts, declines), new[] { (10, 0), (0, 10) });
    }

    [Fact]
    public async Task Changes_AreHinted_AndRefusalsAreNot()
    {
        await HaveAgentAsync("anna");
        var hints = Hints.Count;
        await EnqueueAsync("cleo");
        Assert.Equal(hints + 1, Hints.Count);
        Assert.All(Hints, hint => Assert.Equal(Shop, hint));

        Refused(ErrorCodes.Stale, await Queue.AcceptOfferAsync(Shop, "anna", "unknown").Within());
        await FireAsync();

        Assert.Equal(hints + 1, Hints.Count);
    }

    private async Task TakeUntilFullAsync(string agentId)
    {
        while ((await AgentAsync(agentId)).Offer is { } offer)
        {
            Accepted(await Queue.AcceptOfferAsync(Shop, agentId, offer.OfferId));
        }
    }
}
