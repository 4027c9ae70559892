using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.EndToEnd.Wire;

/// <summary>What time alone does to a session, on servers where it passes quickly.</summary>
public sealed class CoPilotLeaseStories : WireStories
{
    [Fact]
    public async Task Customer_WhoIsGone_IsAwayAndThenTheSessionEnds()
    {
        var world = await StartAsync("--CoBrowse:Lease=00:00:06");
        var agent = await world.CoPilotAsync(await world.AgentAsync());
        var customer = await world.CoPilotAsync(await world.CustomerAsync());
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        var redeemed = await customer.RedeemCode(new RedeemCodeRequest(code.Code, world.CustomersNode.ShopAddress.ToString(), "Shop", "1"));
        Assert.Equal((2, 6), (redeemed.Limits.KeepAliveSeconds, redeemed.Limits.LeaseSeconds));
        await customer.Consent(new ConsentRequest(code.SessionId, true));

        await customer.DisposeAsync();

        await agent.Events.CustomersAway.WaitForAsync(_ => true);
        var ended = await agent.Events.SessionsEnded.WaitForAsync(_ => true);
        Assert.Equal((code.SessionId, SessionEndReasons.CustomerGone), (ended.SessionId, ended.Reason));
    }

    [Fact]
    public async Task Agent_WhoClosesTheConsole_EndsTheSessionAndOneWhoReloadsDoesNot()
    {
        var world = await StartAsync("--CoBrowse:AgentLease=00:00:06");
        var person = await world.AgentAsync();
        var agent = await world.CoPilotAsync(person);
        var customer = await world.CoPilotAsync(await world.CustomerAsync());
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        await customer.RedeemCode(new RedeemCodeRequest(code.Code, world.CustomersNode.ShopAddress.ToString(), "Shop", "1"));
        await customer.Consent(new ConsentRequest(code.SessionId, true));

        await agent.DisposeAsync();
        var again = await world.CoPilotAsync(person);
        Assert.Equal(SessionStates.Live, (await again.Watch(new WatchRequest(code.SessionId))).State);

        // Longer than the lease: that they are connected keeps it.
        await Assert.ThrowsAsync<TimeoutException>(() => customer.Events.SessionsEnded.WaitForAsync(_ => true, TimeSpan.FromSeconds(9)));
        Assert.Equal(SessionStates.Live, (await again.Watch(new WatchRequest(code.SessionId))).State);
        await again.DisposeAsync();

        var ended = await customer.Events.SessionsEnded.WaitForAsync(_ => true, TimeSpan.FromSeconds(30));
        Assert.Equal((code.SessionId, SessionEndReasons.AgentSignedOut), (ended.SessionId, ended.Reason));
    }

    [Fact]
    public async Task Code_ThatNobodyUses_Expires()
    {
        var world = await StartAsync("--CoBrowse:CodeLife=00:00:10");
        var agent = await world.CoPilotAsync(await world.AgentAsync());
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));

        var ended = await agent.Events.SessionsEnded.WaitForAsync(_ => true);

        Assert.Equal((code.SessionId, SessionEndReasons.CodeExpired), (ended.SessionId, ended.Reason));
    }
}
