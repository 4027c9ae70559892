using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>Networks and servers fail; nothing accepted is lost, doubled or out of order, and both sides see honestly what is going on.</summary>
public sealed class BrokenConnectionStories(BrowserFixture browser) : BrowserStories(browser)
{
    [Fact]
    public async Task NetworkOfTheCustomer_CutAndBack_DeliversWhatWasWrittenMeanwhile()
    {
        var stage = await OpenBehindNetworkAsync();
        var customer = await stage.CustomerAsync();
        var agent = await stage.AgentBesideNetworkAsync();
        stage.ExpectBrokenConnections();
        await TalkAsync(customer, agent);

        stage.Server.Network!.Cut();
        await Assertions.Expect(customer.Lost).ToBeVisibleAsync();
        await customer.SayAsync("written in the tunnel");
        await customer.SayAsync("and another");
        await agent.SayAsync("are you there?");
        await customer.PictureAsync("network-cut");
        stage.Server.Network.Restore();

        await customer.HearsAsync("are you there?");
        await agent.HearsAsync("and another");
        await Assertions.Expect(customer.Lost).ToBeHiddenAsync();
        await SameOnBothSidesAsync(customer, agent, 5);
    }

    [Fact]
    public async Task NetworkOfTheCustomer_Silent_IsNoticedAndShown()
    {
        var stage = await OpenBehindNetworkAsync();
        var customer = await stage.CustomerAsync();
        var agent = await stage.AgentBesideNetworkAsync();
        stage.ExpectBrokenConnections();
        await TalkAsync(customer, agent);

        stage.Server.Network!.Stall();
        await customer.SayAsync("into the silence");
        await Assertions.Expect(customer.Lost).ToBeVisibleAsync();
        stage.Server.Network.Cut();
        stage.Server.Network.Restore();

        await agent.HearsAsync("into the silence");
        await Assertions.Expect(customer.Lost).ToBeHiddenAsync();
        await SameOnBothSidesAsync(customer, agent, 3);
    }

    [Fact]
    public async Task NetworkOfBoth_CutAndBack_KeepsTheAgentsWork()
    {
        var stage = await OpenBehindNetworkAsync();
        var customer = await stage.CustomerAsync();
        var agent = await stage.AgentAsync();
        stage.ExpectBrokenConnections();
        await TalkAsync(customer, agent);
        await agent.Composer.FillAsync("half a sentence");

        stage.Server.Network!.Cut();
        await Assertions.Expect(agent.Banner).ToBeVisibleAsync();
        await agent.PictureAsync("network-cut");
        Assert.Equal("half a sentence", await agent.Composer.InputValueAsync());
        await agent.SayAsync("a whole sentence");
        await customer.SayAsync("at the same time");
        stage.Server.Network.Restore();

        await customer.HearsAsync("a whole sentence");
        await agent.HearsAsync("at the same time");
        await Assertions.Expect(agent.Banner).ToBeHiddenAsync();
        await SameOnBothSidesAsync(customer, agent, 4);
    }

    [Fact]
    public async Task Server_KilledInMidChat_LosesDoublesAndReordersNothing()
    {
        var stage = await OpenAsync();
        var customer = await stage.CustomerAsync();
        var agent = await stage.AgentAsync();
        stage.ExpectBrokenConnections();
        await TalkAsync(customer, agent);

        for (var round = 1; round <= 2; round++)
        {
            // Not waited for: some are answered before the end, some are on their way in it.
            await customer.SayAsync($"customer before {round}");
            await agent.SayAsync($"agent before {round}");
            await stage.Server.KillHardAsync();
            await customer.SayAsync($"customer after {round}");
            await agent.SayAsync($"agent after {round}");
            await agent.PictureAsync($"killed-{round}");
            await stage.Server.StartAgainAsync();
            await customer.HearsAsync($"agent after {round}");
            await agent.HearsAsync($"customer after {round}");
        }

        await agent.SayAsync("all here?");
        await customer.HearsAsync("all here?");
        await customer.PictureAsync("killed-and-back");
        await agent.PictureAsync("killed-and-back");
        await SameOnBothSidesAsync(customer, agent, 11);
    }

    private static async Task TalkAsync(ShopWindow customer, ConsoleWindow agent)
    {
        await customer.StartChatAsync("first words");
        await agent.BecomeAvailableAsync();
        await agent.AcceptAsync();
        await agent.SayAsync("first answer");
        await customer.HearsAsync("first answer");
    }

    private static async Task SameOnBothSidesAsync(ShopWindow customer, ConsoleWindow agent, int count)
    {
        // What is still unsent stands last on its own side; when each side has the other's last words, both show the log.
        await Assertions.Expect(customer.Log.Locator(".message .text")).ToHaveCountAsync(count);
        await Assertions.Expect(agent.Log.Locator("article")).ToHaveCountAsync(count);
        var seenByCustomer = await customer.ReadAsync();
        Assert.Equal(seenByCustomer, await agent.ReadAsync());
        Assert.Distinct(seenByCustomer);
    }
}
