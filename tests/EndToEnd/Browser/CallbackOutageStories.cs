using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>Servers die under call-backs that wait, are offered or are made, and both sides find what they had.</summary>
public sealed class CallbackOutageStories(BrowserFixture browser) : BrowserStories(browser)
{
    private const string Number = "+31 6 55667788";

    /// <summary>Nobody misses an offer, and no agent is given up, because the machine is busy.</summary>
    private static readonly string[] Settings =
    [
        "--Sites:demo:Queues:orders:Callbacks:WrapUp=00:00:00", "--Sites:demo:Queues:orders:AcceptTimeout=00:10:00", "--Sites:demo:Queues:orders:AgentGrace=00:10:00",
    ];

    [Fact]
    public async Task Server_KilledWhileACallBackWaits_IsMade_AndIsOffered_LosesNothingOfIt()
    {
        var stage = await OpenAsync(Settings);
        var (customer, other, agent) = (await stage.CustomerAsync(), await stage.CustomerAsync("other"), await stage.AgentAsync());
        stage.ExpectBrokenConnections();
        await AskAsync(customer);
        await other.StartChatAsync("And my mug?");
        await other.SeesStatusAsync("You are number 2 in line");

        await stage.Server.KillHardAsync();
        await Assertions.Expect(customer.CallbackLost).ToBeVisibleAsync();
        await stage.Server.StartAgainAsync();
        await Assertions.Expect(customer.CallbackLost).ToBeHiddenAsync();
        await customer.SeesCallbackPlaceAsync("You are next in line");
        await other.SeesStatusAsync("You are number 2 in line");
        await other.EndAsync();
        await agent.BecomeAvailableAsync();
        await agent.AcceptCallAsync(Number);
        await customer.SeesCallbackAsync("Anna is calling you");

        await stage.Server.KillHardAsync();
        await Assertions.Expect(agent.Banner).ToBeVisibleAsync();
        await agent.CompleteAsync("No answer", "Rang for a minute");
        await Assertions.Expect(agent.Card.GetByText("No connection: the outcome is saved as soon as it is back.")).ToBeVisibleAsync();
        await stage.Server.StartAgainAsync();
        await agent.SeesNotedAsync("No answer");
        await customer.SeesNextTryAsync();
        await customer.MoveToNowAsync();
        await Assertions.Expect(agent.Offer.GetByText("1 attempt so far, last: No answer")).ToBeVisibleAsync();

        await stage.Server.KillHardAsync();
        await Assertions.Expect(agent.Banner).ToBeVisibleAsync();
        await stage.Server.StartAgainAsync();
        await Assertions.Expect(agent.Banner).ToBeHiddenAsync();
        await agent.AcceptCallAsync(Number);
        await Assertions.Expect(agent.Card.GetByText("Rang for a minute")).ToBeVisibleAsync();
        await ReachAsync(agent, customer);
    }

    [Fact]
    public async Task Nodes_DyingOneAfterTheOther_LeaveTheCallBackToTheOneThatIsThere()
    {
        var stage = await OpenOnTwoNodesBehindNetworkAsync(Settings);
        var (customer, agent) = (await stage.CustomerAsync(), await stage.AgentAsync());
        var (customersNode, agentsNode, way) = (stage.Server, stage.AgentsNode, stage.AgentsNode.Network!);
        stage.ExpectBrokenConnections();
        await AskAsync(customer);
        await agent.BecomeAvailableAsync();
        await Assertions.Expect(agent.Offer.GetByText("Not called yet")).ToBeVisibleAsync();

        await agentsNode.KillHardAsync();
        await Assertions.Expect(agent.Banner).ToBeVisibleAsync();
        way.LeadTo(customersNode.Port);
        await Assertions.Expect(agent.Banner).ToBeHiddenAsync();
        await agent.AcceptCallAsync(Number);
        await customer.SeesCallbackAsync("Anna is calling you");

        await agentsNode.StartAgainAsync();
        await customersNode.KillHardAsync();
        await Assertions.Expect(agent.Banner).ToBeVisibleAsync();
        await Assertions.Expect(customer.CallbackLost).ToBeVisibleAsync();
        way.LeadTo(agentsNode.Port);
        await Assertions.Expect(agent.Banner).ToBeHiddenAsync();
        await Assertions.Expect(agent.NumberLink(Number)).ToBeVisibleAsync();
        await customersNode.StartAgainAsync();
        await Assertions.Expect(customer.CallbackLost).ToBeHiddenAsync();
        await customer.SeesCallbackAsync("Anna is calling you");
        await ReachAsync(agent, customer);
    }

    private static async Task AskAsync(ShopWindow customer)
    {
        await customer.OpenChatAsync();
        await customer.AskToBeCalledAsync();
        await customer.SendNumberAsync("06 55667788");
        await customer.SeesCallbackPlaceAsync("You are next in line");
    }

    private static async Task ReachAsync(ConsoleWindow agent, ShopWindow customer)
    {
        await customer.SeesCallbackAsync("Anna is calling you");
        await agent.CompleteAsync("Reached");
        await agent.SeesNotedAsync("Reached");
        await customer.SeesReachedAsync();
    }
}
