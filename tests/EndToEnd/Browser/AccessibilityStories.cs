using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>axe on every page and state, light and dark, on a phone and on a desktop.</summary>
public sealed class AccessibilityStories(BrowserFixture browser) : BrowserStories(browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task EveryPage_HasNoSeriousFinding(ColorScheme scheme, bool isPhone)
    {
        var stage = await OpenAsync();
        var device = Device(scheme, isPhone);
        var kind = $"{scheme}-{(isPhone ? "phone" : "desktop")}".ToLowerInvariant();
        var customer = await stage.CustomerAsync($"customer-{kind}", device);
        var agent = await stage.AgentAsync($"agent-{kind}", device);

        var findings = new List<string>();

        async Task LookAsync(Window window, string moment)
        {
            await window.PictureAsync($"axe-{moment}");
            findings.AddRange((await Axe.FindAsync(window.Page)).Select(finding => $"{moment}, {kind}: {finding}"));
        }

        await customer.Page.GotoAsync(stage.Server.ShopAddress.ToString());
        await LookAsync(customer, "shop-front");
        await customer.OpenShopAsync();
        await LookAsync(customer, "shop-help");
        await customer.OpenChatAsync();
        await LookAsync(customer, "topics");
        await customer.BeginAsync("Where is my parcel?", name: "Ada");
        await customer.SeesStatusAsync("You are next in line");
        await LookAsync(customer, "waiting");
        await agent.OpenAsync();
        await Assertions.Expect(agent.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await LookAsync(agent, "sign-in");
        await agent.SignInAsync();
        await LookAsync(agent, "idle");
        await agent.SetStatusAsync("Available");
        await Assertions.Expect(agent.Offer).ToBeVisibleAsync();
        await LookAsync(agent, "offer");
        await agent.AcceptAsync();
        await agent.SayAsync("Let me look: https://shop.example/track");
        await agent.NoteAsync("Parcel is at the depot");
        await agent.HearsAsync("Parcel is at the depot");
        await LookAsync(agent, "talking");
        await customer.SeesEventAsync("has joined the chat");
        await LookAsync(customer, "talking");
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Transfer" }).ClickAsync();
        await Assertions.Expect(agent.Page.GetByRole(AriaRole.Dialog, new() { Name = "Transfer this chat" }).GetByRole(AriaRole.Radio).First).ToBeVisibleAsync();
        await LookAsync(agent, "transfer");
        await agent.Page.Keyboard.PressAsync("Escape");
        await agent.EndAsync();
        await LookAsync(agent, "ended");
        await customer.SeesStatusAsync("This chat has ended");
        await LookAsync(customer, "ended");
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    private static BrowserNewContextOptions Device(ColorScheme scheme, bool isPhone) => new()
    {
        ColorScheme = scheme,
        ReducedMotion = ReducedMotion.Reduce,
        ViewportSize = isPhone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 800 },
        IsMobile = isPhone,
        HasTouch = isPhone,
    };
}
