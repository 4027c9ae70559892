using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>What routing causes elsewhere: the outbox, its order, and what stays of it.</summary>
public abstract class EffectSpecification : ContactQueueSpecification
{
    [Fact]
    public async Task Enqueue_OpensTheConversationFirst()
    {
        var contact = await EnqueueAsync("cleo", requestId: "r");

        var effects = await EffectsAsync();

        var opened = Assert.IsType<ConversationOpened>(effects[0]).Conversation;
        Assert.Equal((contact.ConversationId, Shop, contact.ContactId), (opened.ConversationId, opened.SiteId, opened.ContactId));
        Assert.Equal(("r", "Hello"), (opened.FirstMessageId, opened.FirstText));
        Assert.Equal(Customer("cleo"), opened.Customer);
        var moved = Assert.IsType<ContactMoved>(Assert.Single(effects.Skip(1)));
        Assert.Equal((ContactStates.Waiting, (string?)null), (moved.Contact.State, moved.AgentId));
    }

    [Fact]
    public async Task ALife_IsToldInOrderWithGrowingFences()
    {
        var contact = await HaveActiveAsync("anna", "cleo");
        Accepted(await TransferAsync("anna", contact.ContactId, toQueue: Payments));
        Accepted(await CloseAsync(contact.ContactId, Roles.Customer, "cleo", disposition: "solved"));

        var effects = await EffectsAsync();
        var changes = effects.OfType<ConversationChanged>().Select(effect => effect.Change).ToList();

        Assert.Equal([EventCodes.AgentJoined, EventCodes.Transferred, EventCodes.Ended], changes.Select(change => change.Code));
        Assert.Equal([ContactStates.Active, ContactStates.Waiting, ContactStates.Closed], changes.Select(change => change.State));
        Assert.All(changes, change => Assert.Equal($"{contact.ContactId}:{change.Fence}:{change.Code}", change.EventId));
        Assert.All(changes, change => Assert.Equal(contact.ConversationId, change.ConversationId));
        Assert.Equal(changes.OrderBy(change => change.Fence), changes);
        Assert.Equal(3, changes.Select(change => change.Fence).Distinct().Count());
        Assert.Equal(["anna", null, null], changes.Select(change => change.Agent?.AgentId));
        Assert.Equal([false, false, true], changes.Select(change => change.KeepsAgent));
        Assert.Equal(effects.OrderBy(effect => effect.EffectId), effects);
        Assert.All(effects, effect => Assert.Equal(Shop, effect.SiteId));
    }

    [Fact]
    public async Task Events_CarryWhatTheirReadersMayKnow()
    {
        var contact = await HaveActiveAsync("anna", "cleo");
        await HaveAgentAsync("bert");
        Accepted(await TransferAsync("anna", contact.ContactId, toAgent: "bert"));
        await AcceptAsync("bert");
        Accepted(await TransferAsync("bert", contact.ContactId, toQueue: Payments));
        Accepted(await CloseAsync(contact.ContactId, Roles.Customer, "cleo", disposition: "secret"));

        var data = (await EffectsAsync()).OfType<ConversationChanged>().Select(effect => effect.Change.Data!).ToList();

        Assert.Equal(new Dictionary<string, string> { ["agentId"] = "anna", ["agentName"] = "ANNA" }, data[0]);
        Assert.Equal(new Dictionary<string, string> { ["agentId"] = "anna", ["agentName"] = "ANNA", ["toAgentId"] = "bert" }, data[1]);
        Assert.Equal(new Dictionary<string, string> { ["agentId"] = "bert", ["agentName"] = "BERT", ["queue"] = Payments }, data[3]);
        Assert.Equal(new Dictionary<string, string> { ["by"] = Roles.Customer }, data[4]);
    }

    [Fact]
    public async Task Offers_AreToldToTheirAgentAndEndWithTheirReason()
    {
        await HaveAgentAsync("anna");
        await HaveAgentAsync("bert");
        var contact = await EnqueueAsync("cleo");
        var offer = await OfferOfAsync("anna");
        await DeclineAsync("anna");
        await PassAsync(RoutingSites.AcceptTimeout);
        await HaveAgentAsync("carl");
        await SetStatusAsync("carl", AgentStatuses.Away);
        await SetStatusAsync("carl", AgentStatuses.Available);
        await AcceptAsync("carl");

        var effects = await EffectsAsync();

        var made = effects.OfType<OfferMade>().ToList();
        Assert.Equal(["anna", "bert", "carl", "carl"], made.Select(effect => effect.Agent.AgentId));
        Assert.All(made, effect => Assert.Equal(contact.ContactId, effect.Offer.Contact.ContactId));
        Assert.Equal((offer.OfferId, offer.ExpiresAt), (made[0].Offer.OfferId, made[0].Offer.ExpiresAt));
        Assert.Equal(
            [Reasons.Declined, Reasons.NotAnswered, Reasons.StatusChanged, Reasons.Accepted],
            effects.OfType<OfferEnded>().Select(effect => effect.Reason));
        Assert.Equal(made.Select(effect => effect.Offer.OfferId), effects.OfType<OfferEnded>().Select(effect => effect.OfferId));
    }

    [Fact]
    public async Task ContactMoved_OfAContactThatIsTakenAgain_IsNoFirstTaking()
    {
        var contact = await HaveActiveAsync("anna", "cleo");
        Accepted(await TransferAsync("anna", contact.ContactId, Orders));
        await PassAsync(RoutingRules.PassedOverFor);
        await AcceptAsync("anna");

        var taken = (await EffectsAsync()).OfType<ContactMoved>().Where(moved => moved.Contact.State == ContactStates.Active);

        Assert.Equal([true, false], taken.Select(moved => moved.IsFirstTaking));
        Assert.Single((await EffectsAsync()).OfType<ContactMoved>(), moved => moved.IsFirstTaking);
    }

    [Fact]
    public async Task ContactMoved_NamesTheAgentConcerned_AlsoWhoJustLostIt()
    {
        var contact = await HaveActiveAsync("anna", "cleo");
        await DisconnectAsync("anna");
        await PassAsync(RoutingSites.Grace);
        Accepted(await CloseAsync(contact.ContactId, Roles.Customer, "cleo"));

        var moved = (await EffectsAsync()).OfType<ContactMoved>().ToList();

        Assert.Equal(
            [ContactStates.Waiting, ContactStates.Offered, ContactStates.Active, ContactStates.Waiting, ContactStates.Closed],
            moved.Select(effect => effect.Contact.State));
        Assert.Equal([null, null, "anna", "anna", null], moved.Select(effect => effect.AgentId));
        Assert.Equal([null, null, null, Reasons.AgentGone, Reasons.EndedByCustomer], moved.Select(effect => effect.Reason));
    }

    [Fact]
    public async Task Effects_StayUntilCompleted_AndNothingElseGoes()
    {
        await EnqueueAsync("cleo");
        await EnqueueAsync("dana", site: RoutingSites.OtherShop);
        var effects = await EffectsAsync();
        Assert.Equal(effects[0].EffectId, Assert.Single(await Queue.ReadEffectsAsync(Shop, limit: 1).Within()).EffectId);

        Assert.Equal(1, await Queue.CompleteEffectsAsync(Shop, effects[0].EffectId).Within());
        Assert.Equal(0, await Queue.CompleteEffectsAsync(Shop, effects[0].EffectId).Within());

        Assert.Equal(effects.Skip(1).Select(effect => effect.EffectId), (await EffectsAsync()).Select(effect => effect.EffectId));
        Assert.Equal(2, (await Queue.ReadEffectsAsync(RoutingSites.OtherShop, limit: 10).Within()).Count);
    }

    [Fact]
    public async Task Effects_SurviveARestart_AndIdsAreNeverGivenAgain()
    {
        await EnqueueAsync("cleo");
        var last = (await EffectsAsync())[^1].EffectId;
        await RestartAsync();
        Assert.Equal(last, (await EffectsAsync())[^1].EffectId);
        await ForgetEffectsAsync();

        await EnqueueAsync("dana");

        Assert.All(await EffectsAsync(), effect => Assert.True(effect.EffectId > last));
    }

    [Fact]
    public async Task Refusals_AndRepetitions_CauseNothing()
    {
        var contact = await HaveActiveAsync("anna", "cleo");
        var offerId = (await EffectsAsync()).OfType<OfferMade>().Single().Offer.OfferId;
        await ForgetEffectsAsync();

        Refused(ErrorCodes.Stale, await Queue.DeclineOfferAsync(Shop, "anna", offerId).Within());
        Refused(ErrorCodes.Conflict, await TransferToAwayAgentAsync(contact.ContactId));
        Accepted(await Queue.AcceptOfferAsync(Shop, "anna", offerId).Within());
        await EnqueueAsync("cleo");

        Assert.Empty(await EffectsAsync());
    }

    [Fact]
    public async Task Timers_SayWhenTheNextIsDue_AndAreClaimedOnce()
    {
        Assert.Equal(new TimersFired(0, null), await NextTimerAsync());
        await HaveAgentAsync("anna");
        Assert.Equal(new TimersFired(0, Clock.GetUtcNow() + RoutingRules.PresenceLease), await NextTimerAsync());
        await EnqueueAsync("cleo");
        await DisconnectAsync("anna");
        Assert.Equal(new TimersFired(0, Clock.GetUtcNow() + RoutingSites.AcceptTimeout), await NextTimerAsync());
        Clock.Advance(RoutingSites.AcceptTimeout);

        var fired = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => FireAsync())).Within();

        Assert.Equal(1, fired.Sum(each => each.Count));
        Assert.Single((await EffectsAsync()).OfType<OfferEnded>());
    }

    [Fact]
    public async Task Timers_AreCarriedOutUpToTheLimit()
    {
        foreach (var agent in new[] { "anna", "bert", "carl" })
        {
            await HaveAgentAsync(agent);
            await EnqueueAsync($"customer-of-{agent}");

            // So that offers are all that becomes due.
            await DisconnectAsync(agent);
        }

        Clock.Advance(RoutingSites.AcceptTimeout);

        Assert.Equal(2, (await Queue.FireDueTimersAsync(Shop, limit: 2).Within()).Count);
        Assert.Equal(2, (await EffectsAsync()).OfType<OfferEnded>().Count());
        Assert.Equal(1, (await Queue.FireDueTimersAsync(Shop, limit: 2).Within()).Count);
    }

    private async Task<Realtime.Outcomes.Outcome<Contact>> TransferToAwayAgentAsync(string contactId)
    {
        await ConnectAsync("bert");
        return await TransferAsync("anna", contactId, toAgent: "bert");
    }

    /// <summary>No calls are to be made here, and lists of nothing are not the same one.</summary>
    private async Task<TimersFired> NextTimerAsync()
    {
        var fired = await FireAsync();
        Assert.Empty(fired.Calls);
        return fired with { Calls = [] };
    }
}
