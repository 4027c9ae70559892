using CoPilot.EndToEnd.Browser.CoBrowsing;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>axe on every page and state, light and dark, on a phone and on a desktop.</summary>
public sealed class AccessibilityStories(BrowserFixture browser, ShopServer shop) : ShopStories(browser, shop), IClassFixture<ShopServer>
{
    private readonly AxeWalk _walk = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryPage_HasNoSeriousFinding(bool isPhone)
    {
        var stage = OpenShop();
        var kind = isPhone ? "phone" : "desktop";
        var customer = await stage.CustomerAsync($"customer-{kind}", AxeWalk.Device(isPhone));
        var agent = await stage.AgentAsync($"agent-{kind}", AxeWalk.Device(isPhone));
        await PageSpy.WatchAsync(customer.Page.Context);

        await TalkAsync(stage, customer, agent);
        await CoPilotAsync(customer, agent);
        await EndAsync(customer, agent);

        _walk.Check();
    }

    private async Task TalkAsync(Stage stage, ShopWindow customer, ConsoleWindow agent)
    {
        await customer.Page.GotoAsync(stage.Server.ShopAddress.ToString());
        await _walk.LookAsync(customer, "shop-front");
        await customer.GoToAsync("copilot.html");
        await Assertions.Expect(customer.Page.GetByLabel("Co-Pilot code")).ToBeVisibleAsync();
        await _walk.LookAsync(customer, "code-page");
        await customer.OpenShopAsync();
        await _walk.LookAsync(customer, "shop-help");
        await customer.OpenChatAsync();
        await _walk.LookAsync(customer, "topics");
        await customer.BeginAsync("Where is my parcel?", name: "Ada");
        await customer.SeesStatusAsync("You are next in line");
        await _walk.LookAsync(customer, "waiting");
        await agent.OpenAsync();
        await Assertions.Expect(agent.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await _walk.LookAsync(agent, "sign-in");
        await agent.SignInAsync();
        await _walk.LookAsync(agent, "idle");
        await agent.SetStatusAsync("Available");
        await Assertions.Expect(agent.Offer).ToBeVisibleAsync();
        await _walk.LookAsync(agent, "offer");
        await agent.AcceptAsync();
        await agent.SayAsync("Let me look: https://shop.example/track");
        await agent.NoteAsync("Parcel is at the depot");
        await agent.HearsAsync("Parcel is at the depot");
        await _walk.LookAsync(agent, "talking");
        await customer.SeesEventAsync("has joined the chat");
        await _walk.LookAsync(customer, "talking");
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Transfer" }).ClickAsync();
        await Assertions.Expect(agent.Page.GetByRole(AriaRole.Dialog, new() { Name = "Transfer this chat" }).GetByRole(AriaRole.Radio).First).ToBeVisibleAsync();
        await _walk.LookAsync(agent, "transfer");
        await agent.Page.Keyboard.PressAsync("Escape");
    }

    private async Task CoPilotAsync(ShopWindow customer, ConsoleWindow agent)
    {
        await agent.InviteAsync();
        await _walk.LookAsync(agent, "invited");
        await _walk.LookAsync(customer, "invited");
        await customer.Panel.GetByRole(AriaRole.Button, new() { Name = "Show this site to Anna" }).ClickAsync();
        await customer.SeesQuestionAsync();
        await _walk.LookAsync(customer, "consent");
        await _walk.LookAsync(agent, "joining");
        await customer.AgreeAsync();
        await agent.Viewed.SeesAsync("How can we help?");
        await _walk.LookAsync(customer, "shown");
        await _walk.LookAsync(agent, "watching");
        await customer.PressInBarAsync("Pause");
        await customer.BarSaysAsync("Paused");
        await agent.Viewed.SeesNoPageButAsync("Paused");
        await _walk.LookAsync(customer, "paused");
        await _walk.LookAsync(agent, "paused");
        await agent.EndCoPilotAsync();
        await customer.BarSaysAsync("no longer follows along");
        await _walk.LookAsync(customer, "co-pilot-ended");
        await _walk.LookAsync(agent, "co-pilot-ended");
    }

    private async Task EndAsync(ShopWindow customer, ConsoleWindow agent)
    {
        await agent.EndAsync();
        await _walk.LookAsync(agent, "ended");
        await customer.SeesStatusAsync("This chat has ended");
        await _walk.LookAsync(customer, "ended");
    }
}
