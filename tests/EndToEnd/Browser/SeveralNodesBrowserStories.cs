namespace CoPilot.EndToEnd.Browser;

public sealed class SeveralNodesBrowserStories(BrowserFixture browser) : BrowserStories(browser)
{
    [Fact]
    public async Task Chat_BetweenTwoNodes_IsAsOnOne()
    {
        var stage = await OpenOnTwoNodesAsync();
        var customer = await stage.CustomerAsync();
        var agent = await stage.AgentAsync();

        await customer.StartChatAsync("Where is my parcel?", name: "Ada");
        await customer.SeesStatusAsync("You are next in line");
        await agent.BecomeAvailableAsync();
        await agent.AcceptAsync();
        await agent.HearsAsync("Where is my parcel?");
        await agent.SayAsync("Let me look that up.");
        await customer.HearsAsync("Let me look that up.");
        await customer.SayAsync("Thank you!");
        await agent.HearsAsync("Thank you!");
        await customer.Page.ReloadAsync();
        await customer.HearsAsync("Let me look that up.");
        await agent.Page.ReloadAsync();
        await agent.SayAsync("It arrives tomorrow.");
        await customer.HearsAsync("It arrives tomorrow.");

        Assert.Equal(["Where is my parcel?", "Let me look that up.", "Thank you!", "It arrives tomorrow."], await customer.ReadAsync());
        Assert.Equal(await customer.ReadAsync(), await agent.ReadAsync());
        await agent.EndAsync();
        await customer.SeesStatusAsync("This chat has ended");
    }
}
