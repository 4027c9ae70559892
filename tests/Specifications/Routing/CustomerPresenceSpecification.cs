using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>Customers whose connections come and go while they have a chat.</summary>
public abstract class CustomerPresenceSpecification : ContactQueueSpecification
{
    [Fact]
    public async Task LastConnectionClosed_AfterTheGrace_IsAwayAndStillServed()
    {
        var contact = await HaveChatAsync();
        await ReleaseAsync("cleo");
        await PassAsync(RoutingRules.CustomerGrace - TimeSpan.FromSeconds(1));
        Assert.Empty(await SeenAsync());

        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal([(contact.ContactId, true, "anna")], await SeenAsync());
        var away = await ContactAsync(contact.ContactId);
        Assert.True(away.CustomerAway);
        Assert.Equal((ContactStates.Active, contact.Fence), (away.State, away.Fence));
        Assert.True(Assert.Single((await AgentAsync("anna")).Contacts).CustomerAway);
    }

    [Fact]
    public async Task Away_ThenConnectedAgain_IsBack()
    {
        var contact = await HaveChatAsync();
        await ReleaseAsync("cleo");
        await PassAsync(RoutingRules.CustomerGrace);
        await ForgetEffectsAsync();

        await HoldAsync("cleo");
        await HoldAsync("cleo");

        Assert.Equal([(contact.ContactId, false, "anna")], await SeenAsync());
        Assert.False((await ContactAsync(contact.ContactId)).CustomerAway);
        Assert.Contains(Shop, Hints);
    }

    [Fact]
    public async Task NodeFallsSilent_WithManyCustomersInLine_EachIsAwayOnce()
    {
        var customers = Enumerable.Range(0, 250).Select(number => $"customer-{number}").ToList();
        foreach (var customer in customers)
        {
            await EnqueueAsync(customer);
        }

        await Queue.HoldCustomersAsync(Shop, customers).Within();
        Clock.Advance(RoutingRules.CustomerLease);

        var fired = new List<int>();
        do
        {
            fired.Add((await Queue.FireDueTimersAsync(Shop, 100).Within()).Count);
        }
        while (fired[^1] > 0);

        Assert.Equal([100, 100, 50, 0], fired);
        Assert.All(await Task.WhenAll(customers.Select(async customer => (await Queue.ListOpenContactsAsync(Shop, customer).Within())[0])), contact => Assert.True(contact.CustomerAway));
    }

    [Fact]
    public async Task NextPage_WithinTheGrace_IsNoNews()
    {
        await HaveChatAsync();
        await ReleaseAsync("cleo");
        await PassAsync(TimeSpan.FromSeconds(3));
        await HoldAsync("cleo");

        await PassAsync(RoutingRules.CustomerLease - TimeSpan.FromSeconds(1));

        Assert.Empty(await SeenAsync());
    }

    [Fact]
    public async Task NodeFallsSilent_WhenTheLeaseRunsOut_IsAway()
    {
        var contact = await HaveChatAsync();
        await PassAsync(RoutingRules.CustomerRenewal);
        await HoldAsync("cleo");

        await PassAsync(RoutingRules.CustomerLease - TimeSpan.FromSeconds(1));
        Assert.Empty(await SeenAsync());
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal([(contact.ContactId, true, "anna")], await SeenAsync());
    }

    [Fact]
    public async Task LeftBeforeAnyLease_IsAwayAllTheSame()
    {
        await HaveActiveAsync("anna", "cleo");
        await ReleaseAsync("cleo");

        await PassAsync(RoutingRules.CustomerGrace);

        Assert.Single(await SeenAsync());
    }

    [Fact]
    public async Task AwayWhileWaiting_IsKnownToWhoeverTakesTheChat()
    {
        await EnqueueAsync("cleo");
        await ReleaseAsync("cleo");
        await PassAsync(RoutingRules.CustomerGrace);
        await HaveAgentAsync("anna");

        Assert.True((await AcceptAsync("anna")).CustomerAway);
    }

    [Fact]
    public async Task EndedChat_IsForgotten()
    {
        var contact = await HaveChatAsync();
        Accepted(await CloseAsync(contact.ContactId, Roles.Customer, "cleo"));
        await ReleaseAsync("cleo");
        await ForgetEffectsAsync();

        await PassAsync(RoutingRules.CustomerLease);

        Assert.Empty(await EffectsAsync());
        Assert.False((await ContactAsync(contact.ContactId)).CustomerAway);
    }

    [Fact]
    public async Task CustomersWithoutAChat_AreNotKept()
    {
        await RequestAsync("cleo", "+31600000001");
        await ForgetEffectsAsync();
        await HoldAsync("cleo");
        await ReleaseAsync("cleo");
        await HoldAsync("nobody");

        await PassAsync(RoutingRules.CustomerLease);

        Assert.Empty(await EffectsAsync());
    }

    [Fact]
    public async Task ChatThatBecomesACallback_NeedsNobodyToStay()
    {
        var contact = await EnqueueAsync("cleo");
        await HoldAsync("cleo");
        Accepted(await Queue.SwitchToCallbackAsync(
            new SwitchToCallbackCommand(NewRequestId(), Shop, contact.ContactId, "cleo", "+31600000001", Note: null)).Within());
        await ForgetEffectsAsync();

        await PassAsync(RoutingRules.CustomerLease);

        Assert.Empty(await EffectsAsync());
    }

    private async Task<Contact> HaveChatAsync()
    {
        var contact = await HaveActiveAsync("anna", "cleo");
        await HoldAsync("cleo");
        await ForgetEffectsAsync();
        return contact;
    }

    private Task HoldAsync(string customer) => Queue.HoldCustomersAsync(Shop, [customer]).Within();

    private Task ReleaseAsync(string customer) => Queue.ReleaseCustomersAsync(Shop, [customer]).Within();

    private async Task<IEnumerable<(string ContactId, bool IsAway, string? AgentId)>> SeenAsync() =>
        (await EffectsAsync()).OfType<CustomerSeen>().Select(seen => (seen.Contact.ContactId, seen.Contact.CustomerAway, seen.Contact.Agent?.AgentId));
}
