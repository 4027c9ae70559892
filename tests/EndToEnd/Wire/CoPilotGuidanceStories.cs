using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.HubClient;

namespace CoPilot.EndToEnd.Wire;

/// <summary>What the agent shows and proposes, and when they cannot.</summary>
public abstract class CoPilotGuidanceStories(WireNodes nodes) : WireStories(nodes)
{
    [Fact]
    public async Task Guidance_WhileThePageIsShown_ReachesTheCustomersConnection()
    {
        var (_, agent, customer, id) = await LiveAsync();

        await agent.Point(new GuidanceRequest(id, X: 12.5, Y: 700));
        Assert.Equal(new GuidanceEvent(id, X: 12.5, Y: 700), await customer.Events.Pointed.WaitForAsync(_ => true));
        await agent.Point(new GuidanceRequest(id, 17, 0.25, 1));
        Assert.Equal(new GuidanceEvent(id, 17, 0.25, 1), await customer.Events.Pointed.WaitForAsync(pointed => pointed.NodeId is not null));
        await agent.Highlight(new GuidanceRequest(id, 18));
        Assert.Equal(new GuidanceEvent(id, 18), await customer.Events.Highlighted.WaitForAsync(_ => true));
        await agent.Highlight(new GuidanceRequest(id));
        await customer.Events.Highlighted.WaitForAsync(taken => taken.NodeId is null);
        await agent.Draw(new GuidanceRequest(id, Points: [1, 2, 3.5, 4]));
        Assert.Equal([1, 2, 3.5, 4], (await customer.Events.Drawn.WaitForAsync(_ => true)).Points);
        await agent.ScrollTo(new GuidanceRequest(id, 19));
        Assert.Equal(19, (await customer.Events.ScrollsProposed.WaitForAsync(_ => true)).NodeId);
        await RefusedAsync(ErrorCodes.Invalid, () => agent.Draw(new GuidanceRequest(id, Points: [1, 2, 3])));
        await RefusedAsync(ErrorCodes.Invalid, () => agent.Highlight(new GuidanceRequest(id, 0)));
    }

    [Fact]
    public async Task Guidance_WhenNothingIsShownOrByAnybodyElse_IsRefused()
    {
        var (world, agent, customer, id) = await LiveAsync();
        var otherAgent = await world.CoPilotAsync(await world.AgentAsync(2));

        await RefusedEverywhereAsync(ErrorCodes.NotFound, otherAgent, id);
        await RefusedEverywhereAsync(ErrorCodes.Forbidden, customer, id);
        await customer.PageChanged(new PageChangedRequest(id, WireNodes.CoPilotPages + "checkout", "Pay", new Viewport(1, 1)));
        await RefusedEverywhereAsync(ErrorCodes.Conflict, agent, id);
        await customer.PageChanged(new PageChangedRequest(id, WireNodes.CoPilotPages + "cart", "Cart", new Viewport(1, 1)));
        await agent.Highlight(new GuidanceRequest(id, 18));
        await customer.Pause(new PauseRequest(id));
        await RefusedEverywhereAsync(ErrorCodes.Conflict, agent, id);
        await customer.End(new EndRequest(id));
        await RefusedEverywhereAsync(ErrorCodes.Closed, agent, id);

        Assert.Single(customer.Events.Highlighted.Received);
        Assert.Empty(customer.Events.Pointed.Received);
        Assert.Empty(customer.Events.NavigationsProposed.Received);
    }

    [Fact]
    public async Task Proposal_InScope_IsAnsweredOnceAndDiesWithTheNext()
    {
        var (_, agent, customer, id) = await LiveAsync();

        var first = await agent.ProposeNavigation(new ProposeNavigationRequest(id, "/products"));
        var asked = await customer.Events.NavigationsProposed.WaitForAsync(_ => true);
        Assert.Equal(new NavigationProposedEvent(id, first.ProposalId, WireNodes.CoPilotPages + "products", AtOnce: false), asked);
        var second = await agent.ProposeNavigation(new ProposeNavigationRequest(id, WireNodes.CoPilotPages + "help"));
        await RefusedAsync(ErrorCodes.Stale, () => AnswerAsync(customer, id, first, true));
        await AnswerAsync(customer, id, second, true);
        Assert.Equal(
            new NavigationAnsweredEvent(id, second.ProposalId, true), await agent.Events.NavigationsAnswered.WaitForAsync(_ => true));

        var third = await agent.ProposeNavigation(new ProposeNavigationRequest(id, "/third"));
        await customer.Pause(new PauseRequest(id));
        await customer.Continue(new ContinueRequest(id));
        await RefusedAsync(ErrorCodes.Stale, () => AnswerAsync(customer, id, third, true));
        await RefusedAsync(ErrorCodes.Forbidden, () => AnswerAsync(agent, id, third, true));
        Assert.Single(agent.Events.NavigationsAnswered.Received);
    }

    [Fact]
    public async Task Proposal_OutsideTheScope_IsForbidden()
    {
        var (_, agent, customer, id) = await LiveAsync();

        foreach (var url in new[] { "/checkout", "/logout", "/help?x=1", "https://evil.example/", "//evil.example/", "javascript:alert(1)", "help" })
        {
            await RefusedAsync(ErrorCodes.Forbidden, () => agent.ProposeNavigation(new ProposeNavigationRequest(id, url)));
        }

        await agent.Highlight(new GuidanceRequest(id, 1));
        await customer.Events.Highlighted.WaitForAsync(_ => true);
        Assert.Empty(customer.Events.NavigationsProposed.Received);
    }

    private static Task<Acknowledged> AnswerAsync(CoBrowseClient customer, string sessionId, ProposeNavigationResult proposal, bool isAccepted) =>
        customer.AnswerNavigation(new AnswerNavigationRequest(sessionId, proposal.ProposalId, isAccepted));

    private static async Task RefusedEverywhereAsync(string code, CoBrowseClient caller, string sessionId)
    {
        await RefusedAsync(code, () => caller.Highlight(new GuidanceRequest(sessionId, 1)));
        await RefusedAsync(code, () => caller.Draw(new GuidanceRequest(sessionId, Points: [1, 2])));
        await RefusedAsync(code, () => caller.ScrollTo(new GuidanceRequest(sessionId, 1)));
        await RefusedAsync(code, () => caller.Point(new GuidanceRequest(sessionId, X: 1, Y: 1)));
        await RefusedAsync(code, () => caller.ProposeNavigation(new ProposeNavigationRequest(sessionId, "/help")));
    }

    private static async Task RefusedAsync(string code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<HubRefusalException>(call)).Code);

    private async Task<(WireWorld World, CoBrowseClient Agent, CoBrowseClient Customer, string SessionId)> LiveAsync()
    {
        var world = Open();
        var customer = await world.CoPilotAsync(await world.CustomerAsync());
        var agent = await world.CoPilotAsync(await world.AgentAsync());
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        world.KeepSecret(code, await customer.RedeemCode(new RedeemCodeRequest(code.Code, WireNodes.CoPilotPages, "Shop", "1")));
        await customer.Consent(new ConsentRequest(code.SessionId, true));
        return (world, agent, customer, code.SessionId);
    }
}

[Collection(typeof(UnharmedNodes.One))]
public sealed class CoPilotGuidanceStoriesOnOneNode(OneNode node) : CoPilotGuidanceStories(node);

[Collection(typeof(UnharmedNodes.Two))]
public sealed class CoPilotGuidanceStoriesOnTwoNodes(TwoNodes nodes) : CoPilotGuidanceStories(nodes);
