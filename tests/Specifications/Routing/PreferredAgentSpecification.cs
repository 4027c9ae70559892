using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>Waiting for the agent whom the customer had last, in payments for a set time.</summary>
public abstract class PreferredAgentSpecification : ContactQueueSpecification
{
    private static readonly string[] Both = [Orders, Payments];

    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task WhoServedTheCustomerLast_IsOfferedIt_ThoughOthersWouldBeChosen()
    {
        await HaveHadAsync("anna", "cleo");
        await HaveAgentAsync("bert", capacity: 5, Both);
        await PassAsync(Instant);
        await EnqueueAsync("dana");
        Assert.Equal("anna", (await ContactAsync((await AcceptAsync("anna")).ContactId)).Agent?.AgentId);

        Assert.Equal("anna", (await EnqueueAsync("cleo", Payments)).Agent?.AgentId);
    }

    [Fact]
    public async Task WhileTheyAreBusy_ItWaitsForThemAlone_InItsPlace_AndThenForAll()
    {
        await HaveBusyAgentAsync("anna", "cleo");
        await HaveAgentAsync("bert", queues: Both);

        var cleo = await EnqueueAsync("cleo", Payments);
        Assert.Equal((ContactStates.Waiting, 1), (cleo.State, await Queue.GetPositionAsync(Shop, cleo.ContactId).Within()));
        await PassAsync(RoutingSites.PreferredAgentFor - Instant);
        Assert.Equal(ContactStates.Waiting, (await ContactAsync(cleo.ContactId)).State);
        await PassAsync(Instant);

        Assert.Equal("bert", (await ContactAsync(cleo.ContactId)).Agent?.AgentId);
    }

    [Fact]
    public async Task WhenTheyGetRoom_TheyAreOfferedIt_ButWhoCameBeforeGoesFirst()
    {
        var served = await HaveBusyAgentAsync("anna", "cleo");
        var dana = await EnqueueAsync("dana", Payments);
        var cleo = await EnqueueAsync("cleo", Payments);

        Accepted(await CloseAsync(served.ContactId, Roles.Agent, "anna"));
        Assert.Equal(dana.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
        await DeclineAsync("anna");

        Assert.Equal(cleo.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Theory]
    [InlineData("away")]
    [InlineData("gone")]
    [InlineData("silent")]
    [InlineData("without-the-queue")]
    public async Task WhenTheyGoAway_ItWaitsForAllAtOnce(string how)
    {
        await HaveBusyAgentAsync("anna", "cleo");
        await HaveAgentAsync("bert", queues: Both);
        var cleo = await EnqueueAsync("cleo", Payments);
        Assert.Equal(ContactStates.Waiting, cleo.State);

        switch (how)
        {
            case "away":
                await SetStatusAsync("anna", AgentStatuses.Away);
                break;
            case "gone":
                await DisconnectAsync("anna");
                break;
            case "silent":
                Clock.Advance(RoutingRules.PresenceLease - Instant);
                await RenewAsync("bert");
                Clock.Advance(Instant);
                await FireAsync();
                break;
            default:
                await ConnectAsync("anna", queues: [Orders]);
                break;
        }

        Assert.Equal("bert", (await ContactAsync(cleo.ContactId)).Agent?.AgentId);
    }

    [Fact]
    public async Task WhoDeclinesIt_IsWaitedForNoMore()
    {
        await HaveHadAsync("anna", "cleo");
        await HaveAgentAsync("bert", queues: Both);
        var cleo = await EnqueueAsync("cleo", Payments);

        await DeclineAsync("anna");

        Assert.Equal("bert", (await ContactAsync(cleo.ContactId)).Agent?.AgentId);
    }

    [Fact]
    public async Task WhoIsNotThereWhenItComes_IsNotWaitedFor()
    {
        await HaveBusyAgentAsync("anna", "cleo");
        await SetStatusAsync("anna", AgentStatuses.Away);
        await HaveAgentAsync("bert", queues: Both);

        Assert.Equal("bert", (await EnqueueAsync("cleo", Payments)).Agent?.AgentId);
    }

    [Fact]
    public async Task InAQueueThatDoesNotSaySo_NobodyIsWaitedFor()
    {
        await HaveBusyAgentAsync("anna", "cleo");
        await HaveAgentAsync("bert", queues: Both);

        Assert.Equal("bert", (await EnqueueAsync("cleo")).Agent?.AgentId);
    }

    [Fact]
    public async Task AfterAMonth_NobodyIsWaitedFor()
    {
        await HaveHadAsync("anna", "cleo");
        await DisconnectAsync("anna");
        await PassAsync(RoutingSites.Grace);
        Clock.Advance(RoutingRules.LastAgentMemory);
        await HaveBusyAgentAsync("anna", "dana");
        await HaveAgentAsync("bert", queues: Both);

        Assert.Equal("bert", (await EnqueueAsync("cleo", Payments)).Agent?.AgentId);
    }

    [Fact]
    public async Task Closed_WhileItWaitsForOne_FreesEverything()
    {
        var served = await HaveBusyAgentAsync("anna", "cleo");
        var cleo = await EnqueueAsync("cleo", Payments);
        Accepted(await CloseAsync(cleo.ContactId, Roles.Customer, "cleo"));
        Accepted(await CloseAsync(served.ContactId, Roles.Agent, "anna"));
        await PassAsync(RoutingSites.PreferredAgentFor);

        Assert.Null((await AgentAsync("anna")).Offer);
        Assert.Equal("anna", (await EnqueueAsync("cleo", Payments)).Agent?.AgentId);
    }

    /// <summary>An agent who served the customer in orders and is free again.</summary>
    private async Task HaveHadAsync(string agentId, string customer)
    {
        var served = await HaveActiveAsync(agentId, customer, capacity: 2, Both);
        Accepted(await CloseAsync(served.ContactId, Roles.Agent, agentId));
    }

    /// <summary>An agent with one seat who served the customer in orders, and now serves somebody else.</summary>
    private async Task<Contact> HaveBusyAgentAsync(string agentId, string customer)
    {
        var served = await HaveActiveAsync(agentId, customer, capacity: 1, Both);
        Accepted(await CloseAsync(served.ContactId, Roles.Agent, agentId));
        await EnqueueAsync($"after-{customer}");
        return await AcceptAsync(agentId);
    }
}
