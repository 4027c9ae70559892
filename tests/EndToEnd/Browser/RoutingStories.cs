using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

public sealed class RoutingStories(BrowserFixture browser, ShopServer shop) : ShopStories(browser, shop), IClassFixture<ShopServer>
{
    [Fact]
    public async Task Offer_Declined_RingsAtTheNextAgent()
    {
        var stage = OpenShop();
        var customer = await stage.CustomerAsync();
        var first = await stage.AgentAsync("agent-1");
        var second = await stage.AgentAsync("agent-2");
        await first.BecomeAvailableAsync(1);
        await customer.StartChatAsync("Anybody?");
        await Assertions.Expect(first.Offer).ToBeVisibleAsync();
        await second.BecomeAvailableAsync(2);

        await first.DeclineAsync();

        await second.AcceptAsync();
        await second.HearsAsync("Anybody?");
        await Assertions.Expect(first.Offer).ToBeHiddenAsync();
        await customer.SeesStatusAsync($"You are chatting with {await NameOfAsync(second)}");
    }

    [Fact]
    public async Task Offer_NotAnswered_GoesOnAndSaysSo()
    {
        var stage = OpenShop();
        var customer = await stage.CustomerAsync();
        var first = await stage.AgentAsync("agent-1");
        var second = await stage.AgentAsync("agent-2");
        await first.BecomeAvailableAsync(1);
        await second.SignInAsync(2);
        await customer.StartChatAsync("Anybody?", ShopServer.HastyTopic);
        await Assertions.Expect(first.Offer).ToBeVisibleAsync();

        await Assertions.Expect(first.Page.GetByText("The time to answer ran out; the chat went back to the queue.")).ToBeVisibleAsync();
        await first.PictureAsync("offer-not-answered");
        await second.SetStatusAsync("Available");
        await second.AcceptAsync();

        await second.HearsAsync("Anybody?");
    }

    [Fact]
    public async Task Offer_AcceptedInOneTab_LeavesTheOther()
    {
        var stage = OpenShop();
        var customer = await stage.CustomerAsync();
        var agent = await stage.AgentAsync();
        await agent.BecomeAvailableAsync();
        var tab = await stage.TabOfAsync(agent, "agent-second-tab");
        await tab.OpenAsync();
        await customer.StartChatAsync("Hello?");
        await Assertions.Expect(tab.Offer).ToBeVisibleAsync();

        await agent.AcceptAsync();

        await Assertions.Expect(tab.Offer).ToBeHiddenAsync();
        await agent.HearsAsync("Hello?");
    }

    [Fact]
    public async Task TwoAgents_RacingForTwoChats_GetOneEach()
    {
        var stage = OpenShop();
        var (anna, bob) = (await stage.AgentAsync("agent-1"), await stage.AgentAsync("agent-2"));
        var (ada, ben) = (await stage.CustomerAsync("customer-1"), await stage.CustomerAsync("customer-2"));
        await anna.BecomeAvailableAsync(1);
        await bob.BecomeAvailableAsync(2);

        await Task.WhenAll(ada.StartChatAsync("Who takes me?"), ben.StartChatAsync("Who takes me?"));
        await Task.WhenAll(anna.AcceptAsync(), bob.AcceptAsync());

        string[] expected = [$"You are chatting with {await NameOfAsync(anna)}", $"You are chatting with {await NameOfAsync(bob)}"];
        var told = new List<string>();
        foreach (var customer in (ShopWindow[])[ada, ben])
        {
            await Assertions.Expect(customer.Status).ToContainTextAsync("You are chatting with");
            told.Add(await customer.Status.InnerTextAsync());
        }

        Assert.Equal(expected.Order(), told.Order());
        await Task.WhenAll(anna.SayAsync("Hello from me"), bob.SayAsync("Hello from me"));
        await Task.WhenAll(ada.HearsAsync("Hello from me"), ben.HearsAsync("Hello from me"));
        Assert.Equal(["Who takes me?", "Hello from me"], await ada.ReadAsync());
        Assert.Equal(["Who takes me?", "Hello from me"], await ben.ReadAsync());
    }

    [Fact]
    public async Task TwoAgents_AcceptingAsACallBackPassesOn_OneHasIt_AndTheOtherIsTold()
    {
        const string Number = "+31 6 44556677";
        var stage = OpenShop();
        var (anna, bob, customer) = (await stage.AgentAsync("agent-1"), await stage.AgentAsync("agent-2"), await stage.CustomerAsync());
        await LateHearing.PrepareAsync(anna.Page);
        await anna.BecomeAvailableAsync(1);
        await bob.SignInAsync(2);
        var tab = await stage.TabOfAsync(anna, "agent-1-tab");
        await tab.OpenAsync();
        await customer.OpenChatAsync();
        await customer.AskToBeCalledAsync();
        await customer.SendNumberAsync("06 44556677");
        await Assertions.Expect(anna.Offer).ToBeVisibleAsync();
        await Assertions.Expect(tab.Offer).ToBeVisibleAsync();
        await bob.SetStatusAsync("Available");
        await Assertions.Expect(bob.Offer).ToBeHiddenAsync();

        // Declined in another window, it rings at the colleague's before this one hears of it.
        await LateHearing.BeginAsync(anna.Page);
        await tab.DeclineAsync();
        await Assertions.Expect(bob.Offer).ToBeVisibleAsync();
        await Task.WhenAll(anna.Page.Keyboard.PressAsync("Alt+a"), bob.Page.Keyboard.PressAsync("Alt+a"));

        await Assertions.Expect(anna.Page.GetByText("Just too late: this call-back is no longer offered to you.")).ToBeVisibleAsync();
        await Assertions.Expect(bob.NumberLink(Number)).ToBeVisibleAsync();
        await Assertions.Expect(anna.Offer).ToBeHiddenAsync();
        await Assertions.Expect(anna.NumberLink(Number)).ToHaveCountAsync(0);
        await Assertions.Expect(tab.Offer).ToBeHiddenAsync();
        await customer.SeesCallbackAsync("Ben is calling you");
        await bob.CompleteAsync("Reached");
        await bob.SeesNotedAsync("Reached");
        await customer.SeesReachedAsync();
    }

    [Fact]
    public async Task Agent_WhoLeavesInMidChat_IsReplacedAndTheCustomerIsTold()
    {
        // A server of its own: what the agent leaves behind belongs to nobody whom the class could send home.
        var stage = await OpenAsync("--Sites:demo:Queues:orders:AgentGrace=00:00:02");
        var customer = await stage.CustomerAsync();
        var first = await stage.AgentAsync("agent-1");
        var second = await stage.AgentAsync("agent-2");
        await first.BecomeAvailableAsync(1);
        await customer.StartChatAsync("I have a question");
        await first.AcceptAsync();
        await first.SayAsync("Ask away");
        await customer.HearsAsync("Ask away");

        await first.Page.CloseAsync();

        await customer.SeesEventAsync("has lost the connection");
        await customer.PictureAsync("agent-left");
        await second.BecomeAvailableAsync(2);
        await second.AcceptAsync();
        await second.HearsAsync("Ask away");
        await second.SayAsync("I take over");
        await customer.HearsAsync("I take over");
    }

    [Fact]
    public async Task Transfer_ToAQueue_TellsTheNextAgentWhy()
    {
        var stage = OpenShop();
        var customer = await stage.CustomerAsync();
        var first = await stage.AgentAsync("agent-1");
        var second = await stage.AgentAsync("agent-2");
        await first.BecomeAvailableAsync(1);
        await customer.StartChatAsync("It is about my refund");
        await first.AcceptAsync();

        await first.TransferAsync("returns", "Wants the money back");
        await second.BecomeAvailableAsync(2);
        await second.AcceptAsync();

        await second.HearsAsync("It is about my refund");
        await second.HearsAsync("Wants the money back");
        await second.PictureAsync("transferred");
        Assert.DoesNotContain("Wants the money back", await customer.ReadAsync());
    }

    [Fact]
    public async Task Topic_OutsideItsHours_SaysWhenItOpens()
    {
        var stage = OpenShop();
        var customer = await stage.CustomerAsync();

        await customer.OpenChatAsync();
        var topic = customer.Panel.GetByRole(AriaRole.Button, new() { Name = ShopServer.ClosedTopic });
        await Assertions.Expect(topic).ToContainTextAsync("Closed, opens");
        await topic.ClickAsync();

        await Assertions.Expect(customer.Panel.GetByRole(AriaRole.Button, new() { Name = "Start chat" })).ToBeDisabledAsync();
        await customer.PictureAsync("closed-queue");
    }

    private static async Task<string> NameOfAsync(ConsoleWindow agent)
    {
        var text = await agent.Log.Locator("p").GetByText("joined the chat").InnerTextAsync();
        return text[..text.IndexOf(" joined", StringComparison.Ordinal)];
    }
}
