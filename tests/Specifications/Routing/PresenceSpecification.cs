using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>Agents who come, go, and lose their connections; what becomes of those they serve.</summary>
public abstract class PresenceSpecification : ContactQueueSpecification
{
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task FirstConnection_MakesAnAgentWhoIsOffline()
    {
        var agent = await ConnectAsync("anna", capacity: 3, queues: [Payments, Orders]);

        Assert.Equal((AgentStatuses.Offline, true, 0), (agent.Status, agent.IsConnected, agent.Load));
        Assert.Equal(("ANNA", 3), (agent.Profile.Name, agent.Profile.Capacity));
        Assert.Equal([Payments, Orders], agent.Profile.Queues);
        Assert.Null(await Queue.FindAgentAsync(Shop, "bert").Within());
    }

    [Fact]
    public async Task Connecting_ReplacesTheProfile_AndOffersWhatItMakesPossible()
    {
        await HaveAgentAsync("anna", capacity: 1, queues: [Payments]);
        var contact = await EnqueueAsync("cleo");
        Assert.Equal(ContactStates.Waiting, contact.State);

        var agent = await ConnectAsync("anna", capacity: 2, queues: [Orders]);

        Assert.Equal(contact.ContactId, agent.Offer?.Contact.ContactId);
        Assert.Equal((AgentStatuses.Available, 2), (agent.Status, agent.Profile.Capacity));
        Assert.Equal([Orders], agent.Profile.Queues);
    }

    [Fact]
    public async Task Disconnected_MatchesNothing()
    {
        await HaveAgentAsync("anna");
        await DisconnectAsync("anna");

        Assert.Equal(ContactStates.Waiting, (await EnqueueAsync("cleo")).State);
        Assert.False((await AgentAsync("anna")).IsConnected);
    }

    [Fact]
    public async Task TwoTabs_OneCloses_NothingHappens()
    {
        var contact = await HaveActiveAsync("anna", "cleo", capacity: 2);
        await ConnectAsync("anna", capacity: 2, connection: "second");
        await DisconnectAsync("anna");
        await PassAsync(RoutingSites.Grace + Instant);

        Assert.Equal(ContactStates.Active, (await ContactAsync(contact.ContactId)).State);
        Assert.Equal("anna", (await EnqueueAsync("dana")).Agent?.AgentId);
    }

    [Fact]
    public async Task Gone_ForTheGrace_ReturnsTheContactsWithTheirArrivalTime()
    {
        var cleo = await HaveActiveAsync("anna", "cleo");
        await EnqueueAsync("dana");
        await ForgetEffectsAsync();

        await DisconnectAsync("anna");
        await PassAsync(RoutingSites.Grace - Instant);
        Assert.Equal(ContactStates.Active, (await ContactAsync(cleo.ContactId)).State);
        await PassAsync(Instant);

        var back = await ContactAsync(cleo.ContactId);
        Assert.Equal((ContactStates.Waiting, cleo.ArrivedAt, null), (back.State, back.ArrivedAt, back.Agent));
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, cleo.ContactId).Within());
        var agent = await AgentAsync("anna");
        Assert.Equal((AgentStatuses.Offline, 0), (agent.Status, agent.Load));
        var change = Assert.Single((await EffectsAsync()).OfType<ConversationChanged>()).Change;
        Assert.Equal((EventCodes.AgentAway, ContactStates.Waiting, false), (change.Code, change.State, change.KeepsAgent));
        Assert.Null(change.Agent);
    }

    [Fact]
    public async Task Gone_ForTheGrace_OffersTheContactsToOthersAtOnce()
    {
        var contact = await HaveActiveAsync("anna", "cleo");
        await HaveAgentAsync("bert");
        await DisconnectAsync("anna");

        await PassAsync(RoutingSites.Grace);

        Assert.Equal(contact.ContactId, (await OfferOfAsync("bert")).Contact.ContactId);
    }

    [Fact]
    public async Task Back_WithinTheGrace_KeepsContactsAndStatus()
    {
        var contact = await HaveActiveAsync("anna", "cleo", capacity: 2);
        await DisconnectAsync("anna");
        await PassAsync(RoutingSites.Grace - Instant);

        var agent = await ConnectAsync("anna", capacity: 2, connection: "new");
        await PassAsync(RoutingSites.Grace);

        Assert.Equal(AgentStatuses.Available, agent.Status);
        Assert.Equal(contact.ContactId, Assert.Single((await AgentAsync("anna")).Contacts).ContactId);
        Assert.Equal("anna", (await EnqueueAsync("dana")).Agent?.AgentId);
    }

    [Fact]
    public async Task Gone_WithContactsOfSeveralQueues_ReturnsEachAfterItsQueuesGrace()
    {
        await HaveAgentAsync("anna", capacity: 2, queues: [Orders, Payments]);
        var cleo = await EnqueueAsync("cleo");
        await AcceptAsync("anna");
        var dana = await EnqueueAsync("dana", topic: Payments);
        await AcceptAsync("anna");
        await DisconnectAsync("anna");

        await PassAsync(RoutingSites.Grace);
        Assert.Equal(ContactStates.Waiting, (await ContactAsync(cleo.ContactId)).State);
        Assert.Equal(ContactStates.Active, (await ContactAsync(dana.ContactId)).State);
        Assert.Equal(AgentStatuses.Available, (await AgentAsync("anna")).Status);
        await PassAsync(RoutingSites.LongGrace - RoutingSites.Grace);

        Assert.Equal(ContactStates.Waiting, (await ContactAsync(dana.ContactId)).State);
        Assert.Equal(AgentStatuses.Offline, (await AgentAsync("anna")).Status);
    }

    [Fact]
    public async Task Gone_WithoutContacts_IsOfflineAfterTheGrace()
    {
        await HaveAgentAsync("anna");
        await DisconnectAsync("anna");
        await PassAsync(RoutingSites.Grace);

        Assert.Equal(AgentStatuses.Offline, (await AgentAsync("anna")).Status);
    }

    [Fact]
    public async Task Gone_WithAnOpenOffer_ItStandsUntilItExpires()
    {
        await HaveAgentAsync("anna");
        var contact = await EnqueueAsync("cleo");
        await DisconnectAsync("anna");
        await HaveAgentAsync("bert");
        Assert.Equal("anna", (await ContactAsync(contact.ContactId)).Agent?.AgentId);

        await PassAsync(RoutingSites.AcceptTimeout);

        Assert.Equal("bert", (await ContactAsync(contact.ContactId)).Agent?.AgentId);
    }

    [Fact]
    public async Task Accept_ByAnAgentWhoseConnectionIsGone_ReturnsAfterAGraceOfItsOwn()
    {
        await HaveAgentAsync("anna");
        var contact = await EnqueueAsync("cleo");
        await DisconnectAsync("anna");
        await PassAsync(TimeSpan.FromSeconds(10));
        await AcceptAsync("anna");

        await PassAsync(RoutingSites.Grace - Instant);
        Assert.Equal(ContactStates.Active, (await ContactAsync(contact.ContactId)).State);
        await PassAsync(Instant);

        Assert.Equal(ContactStates.Waiting, (await ContactAsync(contact.ContactId)).State);
    }

    [Fact]
    public async Task Lease_NotRenewed_IsADisconnection()
    {
        var contact = await HaveActiveAsync("anna", "cleo");

        await PassUnrenewedAsync(RoutingRules.PresenceLease - Instant);
        Assert.True((await AgentAsync("anna")).IsConnected);
        await PassUnrenewedAsync(Instant);
        Assert.False((await AgentAsync("anna")).IsConnected);
        await PassUnrenewedAsync(RoutingSites.Grace);

        Assert.Equal(ContactStates.Waiting, (await ContactAsync(contact.ContactId)).State);
    }

    [Fact]
    public async Task Lease_OfANodeThatDied_LetsTheGraceBeginWithinTenSeconds()
    {
        var contact = await HaveActiveAsync("anna", "cleo");

        await PassUnrenewedAsync(TimeSpan.FromSeconds(10) + RoutingSites.Grace);

        Assert.Equal(ContactStates.Waiting, (await ContactAsync(contact.ContactId)).State);
    }

    [Fact]
    public async Task Lease_RunOut_CountsNoMoreThoughTheTimerWasNotClaimed()
    {
        await HaveAgentAsync("anna");
        Clock.Advance(RoutingRules.PresenceLease);

        Assert.Equal(ContactStates.Waiting, (await EnqueueAsync("cleo")).State);
    }

    [Fact]
    public async Task Lease_Renewed_Holds()
    {
        var contact = await HaveActiveAsync("anna", "cleo", capacity: 2);
        for (var i = 0; i < 10; i++)
        {
            await PassUnrenewedAsync(RoutingRules.PresenceRenewal);
            await RenewAsync("anna");
        }

        Assert.Equal(ContactStates.Active, (await ContactAsync(contact.ContactId)).State);
        Assert.Equal("anna", (await EnqueueAsync("dana")).Agent?.AgentId);
    }

    [Fact]
    public async Task Lease_RunOut_IsTakenAgainByRenewal()
    {
        var contact = await HaveActiveAsync("anna", "cleo", capacity: 2);
        await PassUnrenewedAsync(RoutingRules.PresenceLease + TimeSpan.FromSeconds(10));

        await RenewAsync("anna");
        await PassAsync(RoutingSites.Grace);

        Assert.Equal(ContactStates.Active, (await ContactAsync(contact.ContactId)).State);
        Assert.Equal("anna", (await EnqueueAsync("dana")).Agent?.AgentId);
    }

    [Fact]
    public async Task Lease_OfTheSecondTab_DoesNotProlongTheGraceOfTheFirst()
    {
        var contact = await HaveActiveAsync("anna", "cleo");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await ConnectAsync("anna", connection: "second");
        // The whole node dies: both leases run out unnoticed, and only then somebody looks.
        Clock.Advance(RoutingRules.PresenceLease);
        await FireAsync();

        await PassUnrenewedAsync(RoutingSites.Grace);

        Assert.Equal(ContactStates.Waiting, (await ContactAsync(contact.ContactId)).State);
    }

    [Fact]
    public async Task Renewal_OfAnAgentNeverSeen_DoesNothing()
    {
        await RenewAsync("nobody");

        Assert.Null(await Queue.FindAgentAsync(Shop, "nobody").Within());
    }

    [Fact]
    public async Task Restart_BeginsTheGraceOfEverybodyWhoWasConnected()
    {
        var kept = await HaveActiveAsync("anna", "cleo");
        var lost = await HaveActiveAsync("bert", "dana");
        await RestartAsync();
        Assert.False((await AgentAsync("anna")).IsConnected);
        await ConnectAsync("anna", connection: "new");

        await PassAsync(RoutingSites.Grace);

        Assert.Equal(ContactStates.Active, (await ContactAsync(kept.ContactId)).State);
        Assert.Equal(ContactStates.Waiting, (await ContactAsync(lost.ContactId)).State);
    }

    [Fact]
    public async Task Colleagues_AreThoseWhoAreConnectedAndNotOffline()
    {
        await HaveAgentAsync("bert", capacity: 2);
        await EnqueueAsync("cleo");
        await AcceptAsync("bert");
        await HaveAgentAsync("anna", capacity: 3);
        await SetStatusAsync("anna", AgentStatuses.Away);
        await ConnectAsync("carl");
        await HaveAgentAsync("dirk");
        await DisconnectAsync("dirk");

        var colleagues = await Queue.ListColleaguesAsync(Shop).Within();

        Assert.Equal(["ANNA", "BERT"], colleagues.Select(colleague => colleague.Agent.Name));
        Assert.Equal([AgentStatuses.Away, AgentStatuses.Available], colleagues.Select(colleague => colleague.Status));
        Assert.Equal([3, 1], colleagues.Select(colleague => colleague.Free));
    }

    [Fact]
    public async Task ClockStepsBack_NothingIsLostOrDoneTwice()
    {
        var cleo = await HaveActiveAsync("anna", "cleo", capacity: 2);
        var dana = await EnqueueAsync("dana");
        await PassAsync(RoutingSites.AcceptTimeout);
        Clock.StepWallClock(-TimeSpan.FromMinutes(5));
        await FireAsync();
        Assert.Equal(ContactStates.Waiting, (await ContactAsync(dana.ContactId)).State);
        await HaveAgentAsync("bert");

        Assert.Equal(dana.ContactId, (await AcceptAsync("bert")).ContactId);
        Accepted(await CloseAsync(cleo.ContactId, Roles.Agent, "anna"));

        Assert.Equal(0, (await AgentAsync("anna")).Load);
        Assert.Equal(1, (await AgentAsync("bert")).Load);
    }
}
