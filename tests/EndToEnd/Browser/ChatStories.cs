using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

public sealed class ChatStories(BrowserFixture browser, ShopServer shop) : ShopStories(browser, shop), IClassFixture<ShopServer>
{
    [Fact]
    public async Task FirstChat_FromTheHelpPageToTheEnd()
    {
        var stage = OpenShop();
        var customer = await stage.CustomerAsync();
        var agent = await stage.AgentAsync();

        await customer.StartChatAsync("Where is my parcel?", name: "Ada");
        await customer.SeesStatusAsync("You are next in line");
        await customer.PictureAsync("tour-1-waiting");
        await agent.BecomeAvailableAsync();
        await Assertions.Expect(agent.Offer).ToBeVisibleAsync();
        await agent.PictureAsync("tour-2-offer");
        await agent.AcceptAsync();
        await agent.HearsAsync("Where is my parcel?");
        await agent.SayAsync("Let me look that up.");
        await customer.HearsAsync("Let me look that up.");
        await customer.SayAsync("Thank you!");
        await agent.HearsAsync("Thank you!");
        await agent.NoteAsync("Parcel is at the depot");
        await agent.SayAsync("It arrives tomorrow.");
        await customer.HearsAsync("It arrives tomorrow.");
        await customer.PictureAsync("tour-3-talking");
        await agent.PictureAsync("tour-3-talking");
        Assert.Equal(["Where is my parcel?", "Let me look that up.", "Thank you!", "It arrives tomorrow."], await customer.ReadAsync());
        Assert.Equal(
            ["Where is my parcel?", "Let me look that up.", "Thank you!", "Parcel is at the depot", "It arrives tomorrow."],
            await agent.ReadAsync());
        await agent.EndAsync();
        await customer.SeesStatusAsync("This chat has ended");
        await customer.PictureAsync("tour-4-ended");
        await agent.PictureAsync("tour-4-ended");
    }

    [Fact]
    public async Task ReloadAndSecondTab_OnBothSides_GoOnWhereTheyWere()
    {
        var stage = OpenShop();
        var customer = await stage.CustomerAsync();
        var agent = await stage.AgentAsync();
        await customer.StartChatAsync("one");
        await agent.BecomeAvailableAsync();
        await agent.AcceptAsync();
        await agent.SayAsync("two");
        await customer.HearsAsync("two");

        await customer.Page.ReloadAsync();
        await customer.HearsAsync("two");
        await customer.SayAsync("three");
        await agent.HearsAsync("three");
        await agent.Page.ReloadAsync();
        await agent.HearsAsync("three");
        await agent.SayAsync("four");
        await customer.HearsAsync("four");

        var customerTab = await stage.TabOfAsync(customer, "customer-second-tab");
        await customerTab.OpenChatAsync();
        await customerTab.HearsAsync("four");
        var agentTab = await stage.TabOfAsync(agent, "agent-second-tab");
        await agentTab.OpenAsync();
        await agentTab.ChooseAsync("four");
        await agentTab.HearsAsync("four");
        await customerTab.SayAsync("five");
        await agentTab.SayAsync("six");
        foreach (var window in new[] { customer, customerTab })
        {
            await window.HearsAsync("five");
            await window.HearsAsync("six");
        }

        foreach (var window in new[] { agent, agentTab })
        {
            await window.HearsAsync("five");
            await window.HearsAsync("six");
        }

        await customerTab.PictureAsync("second-tab");
        await agentTab.PictureAsync("second-tab");
        Assert.Equal(["one", "two", "three", "four"], (await customer.ReadAsync()).Take(4));
        Assert.Equal(await customer.ReadAsync(), await customerTab.ReadAsync());
        Assert.Equal(await agent.ReadAsync(), await agentTab.ReadAsync());
        Assert.Equal(await customer.ReadAsync(), await agent.ReadAsync());
    }

    [Fact]
    public async Task Panel_LeftOpenOnThePageBefore_OpensAtTheFirstPress()
    {
        var stage = OpenShop();
        var customer = await stage.CustomerAsync();
        await customer.OpenChatAsync();

        // Without a chat nothing is loaded on the next page until somebody asks for it.
        await customer.OpenShopAsync();
        await Assertions.Expect(customer.Panel).ToBeHiddenAsync();
        await customer.Launcher.ClickAsync();

        await Assertions.Expect(customer.Panel.GetByRole(AriaRole.Button, new() { Name = "Orders and delivery" })).ToBeVisibleAsync();
        await Assertions.Expect(customer.Launcher).ToHaveAccessibleNameAsync("Minimise chat");
    }

    [Fact]
    public async Task HostileText_IsShownAsTextOnBothSides()
    {
        var stage = OpenShop();
        var customer = await stage.CustomerAsync();
        var agent = await stage.AgentAsync();
        const string Script = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        const string Reversed = "abc \u202Eevil\u202C end";
        await customer.StartChatAsync(Script, name: "<b>Eve</b>");
        await agent.BecomeAvailableAsync();
        await agent.AcceptAsync();

        await agent.HearsAsync(Script);
        await agent.SayAsync(Script);
        await customer.SayAsync(Reversed);
        await customer.SayAsync(new string('w', 4_000));
        await agent.HearsAsync(new string('w', 4_000));

        await customer.PictureAsync("hostile");
        await agent.PictureAsync("hostile");
        Assert.DoesNotContain("owned", await customer.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("owned", await agent.Page.TitleAsync(), StringComparison.Ordinal);
        await customer.Composer.FillAsync(new string('x', 4_001));
        await customer.Composer.PressAsync("Enter");
        Assert.Equal(4_001, (await customer.Composer.InputValueAsync()).Length);
    }
}
