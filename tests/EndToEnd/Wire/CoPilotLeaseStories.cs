using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.HubClient;

namespace CoPilot.EndToEnd.Wire;

/// <summary>What time alone does to sessions, on a server where it passes quickly.</summary>
public sealed class CoPilotLeaseStories : WireStories
{
    /// <summary>An agent who is connected says so every third of the lease: also a busy machine has time for that. What ends for want of a customer ends later.</summary>
    private static readonly string[] Settings = ["--CoBrowse:AgentLease=00:00:09", "--CoBrowse:Lease=00:00:15", "--CoBrowse:CodeLife=00:00:10"];

    /// <summary>At once, as all that they do is wait.</summary>
    [Fact]
    public async Task Sessions_ThatNobodyKeeps_EndByThemselves()
    {
        var world = await StartAsync(Settings);

        await Task.WhenAll(CustomerIsGoneAsync(world), AgentReloadsAndIsGoneAsync(world), NobodyUsesTheCodeAsync(world));
    }

    private static async Task CustomerIsGoneAsync(WireWorld world)
    {
        var agent = await world.CoPilotAsync(await world.AgentAsync(1));
        var customer = await world.CoPilotAsync(await world.CustomerAsync());
        var (code, redeemed) = await LiveAsync(world, agent, customer);
        Assert.Equal((5, 15), (redeemed.Limits.KeepAliveSeconds, redeemed.Limits.LeaseSeconds));

        await customer.DisposeAsync();

        await agent.Events.CustomersAway.WaitForAsync(_ => true);
        var ended = await agent.Events.SessionsEnded.WaitForAsync(_ => true);
        Assert.Equal((code.SessionId, SessionEndReasons.CustomerGone), (ended.SessionId, ended.Reason));
    }

    /// <summary>That an agent who stays connected keeps the session for longer than the lease is a test of who renews it.</summary>
    private static async Task AgentReloadsAndIsGoneAsync(WireWorld world)
    {
        var person = await world.AgentAsync(2);
        var agent = await world.CoPilotAsync(person);
        var customer = await world.CoPilotAsync(await world.CustomerAsync());
        var (code, _) = await LiveAsync(world, agent, customer);

        await agent.DisposeAsync();
        var again = await world.CoPilotAsync(person);
        Assert.Equal(SessionStates.Live, (await again.Watch(new WatchRequest(code.SessionId))).State);
        await again.DisposeAsync();

        var ended = await customer.Events.SessionsEnded.WaitForAsync(_ => true, TimeSpan.FromSeconds(30));
        Assert.Equal((code.SessionId, SessionEndReasons.AgentSignedOut), (ended.SessionId, ended.Reason));
    }

    private static async Task NobodyUsesTheCodeAsync(WireWorld world)
    {
        var agent = await world.CoPilotAsync(await world.AgentAsync(3));
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));

        var ended = await agent.Events.SessionsEnded.WaitForAsync(_ => true);

        Assert.Equal((code.SessionId, SessionEndReasons.CodeExpired), (ended.SessionId, ended.Reason));
    }

    private static async Task<(CreateCodeResult Code, RedeemCodeResult Redeemed)> LiveAsync(WireWorld world, CoBrowseClient agent, CoBrowseClient customer)
    {
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        var redeemed = await customer.RedeemCode(new RedeemCodeRequest(code.Code, world.CustomersNode.ShopAddress.ToString(), "Shop", "1"));
        world.KeepSecret(code, redeemed);
        await customer.Consent(new ConsentRequest(code.SessionId, true));
        return (code, redeemed);
    }
}
