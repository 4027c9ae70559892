using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

/// <summary>Co-Pilot where there is something to tell only with several nodes.</summary>
public sealed class CoPilotSeveralNodesStories(TwoNodes nodes) : WireStories(nodes), IClassFixture<TwoNodes>
{
    [Fact]
    public async Task Session_WhoseNodeDies_GoesOnOnTheOther()
    {
        var world = Open();
        var agent = await world.CoPilotAsync(await world.AgentAsync());
        var person = await world.CustomerAsync();
        var customer = await world.CoPilotAsync(person);
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        var redeemed = await customer.RedeemCode(new RedeemCodeRequest(code.Code, WireNodes.CoPilotPages, "Shop", "1"));
        await customer.Consent(new ConsentRequest(code.SessionId, true));

        await WithoutAsync(world.CustomersNode, world.CustomersNode.KillHardAsync, async () =>
        {
            var back = await world.CoPilotAsync(person, world.AgentsNode);
            var resumed = await back.ResumeSession(new ResumeSessionRequest(
                code.SessionId, redeemed.ResumeToken, WireNodes.CoPilotPages + "next", "Next", "1"));

            Assert.Equal(SessionStates.Live, resumed.State);
            await agent.Events.PagesShown.WaitForAsync(shown => shown.SessionId == code.SessionId && shown.Page.PageUrl == "/next");
            await agent.End(new EndRequest(code.SessionId));
            await back.Events.SessionsEnded.WaitForAsync(ended => ended.Reason == SessionEndReasons.EndedByAgent);
        });
    }

    [Fact]
    public async Task Page_WhoseNodeDies_IsShownOnFromTheOtherWithAKeyframe()
    {
        using var shown = await ShownPage.BeginAsync(Open());
        var world = shown.World;
        await shown.PublishAsync(shown.Page.Keyframe());
        await shown.Agent.Events.Frames.WaitForAsync(told => told.SessionId == shown.SessionId);

        await WithoutAsync(world.CustomersNode, world.CustomersNode.KillHardAsync, async () =>
        {
            var back = await world.CoPilotAsync(shown.Person, world.AgentsNode);
            var resumed = await back.ResumeSession(new ResumeSessionRequest(
                shown.SessionId, shown.Redeemed.ResumeToken, WireNodes.CoPilotPages + "next", "Next", "1"));
            await shown.Agent.Events.CustomersJoined.WaitForAsync(joined => joined.SessionId == shown.SessionId && joined.Returned);
            await shown.Agent.Watch(new WatchRequest(shown.SessionId));
            using var page = new PageWriter(resumed.NextSeq);
            await ShownPage.PublishAsync(back, shown.SessionId, page.Keyframe());
            await ShownPage.PublishAsync(back, shown.SessionId, page.Scroll(1));

            await shown.Agent.Events.Frames.WaitForAsync(told => told.Frames[^1].Seq == resumed.NextSeq + 1);
            Assert.True(resumed.NextSeq > 1);
            Assert.Equal(
                [1, resumed.NextSeq, resumed.NextSeq + 1],
                shown.Agent.Events.Frames.Received.Where(told => told.SessionId == shown.SessionId).SelectMany(told => told.Frames).Select(frame => frame.Seq));
        });
    }

    [Fact]
    public async Task Draining_OfTheCustomersNode_SendsThemToTheOther()
    {
        var world = Open();
        var agent = await world.CoPilotAsync(await world.AgentAsync());
        var person = await world.CustomerAsync();
        var customer = await world.CoPilotAsync(person);
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        var redeemed = await customer.RedeemCode(new RedeemCodeRequest(code.Code, WireNodes.CoPilotPages, "Shop", "1"));

        await WithoutAsync(world.CustomersNode, async () => Assert.Equal(0, await world.CustomersNode.StopAsync()), async () =>
        {
            await customer.Events.Draining.WaitForAsync(_ => true);
            var back = await world.CoPilotAsync(person, world.AgentsNode);
            var resumed = await back.ResumeSession(new ResumeSessionRequest(
                code.SessionId, redeemed.ResumeToken, WireNodes.CoPilotPages, "Shop", "1"));
            Assert.Equal(SessionStates.AwaitingConsent, resumed.State);
            Assert.Empty(agent.Events.Draining.Received);
        });
    }

    /// <summary>The next story needs the node again, however this one ends.</summary>
    private static async Task WithoutAsync(ServerProcess node, Func<Task> stop, Func<Task> story)
    {
        try
        {
            await stop();
            await story();
        }
        finally
        {
            await node.StartAgainAsync();
        }
    }
}
