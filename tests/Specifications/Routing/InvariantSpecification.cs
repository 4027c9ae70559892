using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>What is found when somebody's hand breaks the state, and that nothing is found where none did.</summary>
public abstract class InvariantSpecification : ContactQueueSpecification
{
    [Fact]
    public async Task WholeState_NothingIsBroken()
    {
        await HavePeopleAsync();
        await RequestAsync("emma", "+31600000001");
        await ScheduleAsync("finn", "+31600000002", Clock.GetUtcNow().AddMinutes(20));
        await HaveAgentAsync("gwen", queues: [Payments]);
        await EnqueueAsync("hugo", Payments);
        await DeclineAsync("gwen");

        Assert.Empty(await BrokenAsync());

        await PassAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(await BrokenAsync());
    }

    [Fact]
    public async Task LongLine_IsLookedAtToItsEnd()
    {
        for (var i = 0; i < 620; i++)
        {
            await EnqueueAsync($"customer-{i}");
        }

        Assert.Empty(await BrokenAsync());
        await BreakAsync(RoutingInvariants.Lane, "anna", (await Queue.ListOpenContactsAsync(Shop, "customer-619"))[0].ContactId);
        Assert.Equal(RoutingInvariants.Lane, Assert.Single(await BrokenAsync()));
    }

    [Theory]
    [InlineData(RoutingInvariants.Owner)]
    [InlineData(RoutingInvariants.Match)]
    [InlineData(RoutingInvariants.Load)]
    [InlineData(RoutingInvariants.Line)]
    [InlineData(RoutingInvariants.Lane)]
    public async Task BrokenByHand_IsCounted(string invariant)
    {
        var (served, waiting) = await HavePeopleAsync();

        await BreakAsync(invariant, "bert", invariant == RoutingInvariants.Owner ? served : waiting);

        Assert.Equal(invariant, Assert.Single(await BrokenAsync()));
        Assert.Equal(invariant, Assert.Single(await BrokenAsync()));
    }

    [Fact]
    public async Task TimeHasMadeAMatch_AndNobodySawToItYet_IsNotCounted()
    {
        await HaveAgentAsync("anna");
        await EnqueueAsync("cleo");
        await DeclineAsync("anna");
        Clock.Advance(TimeSpan.FromSeconds(5));
        await RenewAsync("anna");
        Clock.Advance(RoutingRules.PassedOverFor - TimeSpan.FromSeconds(5));
        await RenewAsync("anna");

        Assert.Empty(await BrokenAsync());
    }

    [Fact]
    public async Task AnotherSite_IsNotLookedAt()
    {
        await HavePeopleAsync();
        await BreakAsync(RoutingInvariants.Load, "bert", (await Queue.ListOpenContactsAsync(Shop, "dora"))[0].ContactId);

        Assert.Empty((await Engine.Invariants.CheckAsync("unknown", from: null)).Broken);
        Assert.DoesNotContain((await Engine.Invariants.CheckAsync(RoutingSites.OtherShop, from: null)).Broken, broken => broken.Value > 0);
    }

    /// <summary>Breaks it in the store, past the engine.</summary>
    /// <param name="agentId">Who serves nothing and is away.</param>
    /// <param name="contactId">Of <c>owner</c> one that another agent serves, else one that waits.</param>
    protected abstract Task BreakAsync(string invariant, string agentId, string contactId);

    /// <summary>Anna serves Cleo and has no room for Dora, who waits; Bert is away.</summary>
    private async Task<(string Served, string Waiting)> HavePeopleAsync()
    {
        await ConnectAsync("bert", capacity: 2);
        await SetStatusAsync("bert", AgentStatuses.Away);
        var served = await HaveActiveAsync("anna", "cleo");
        return (served.ContactId, (await EnqueueAsync("dora")).ContactId);
    }

    private async Task<string[]> BrokenAsync()
    {
        var broken = new HashSet<string>();
        string? next = null;
        do
        {
            var part = await Engine.Invariants.CheckAsync(Shop, next).Within();
            broken.UnionWith(part.Broken.Where(found => found.Value > 0).Select(found => found.Key));
            next = part.Next;
        }
        while (next is not null);
        return [.. broken];
    }
}
