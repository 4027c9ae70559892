using CoPilot.EndToEnd.Browser.CoBrowsing;
using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>axe on every page and state, light and dark, on a phone and on a desktop.</summary>
public sealed class AccessibilityStories(BrowserFixture browser) : BrowserStories(browser)
{
    /// <summary>The console's components have the scheme in an attribute, written a moment later.</summary>
    private const string HasScheme =
        """
        (scheme) => {
          const ofTheConsole = document.documentElement.dataset.mantineColorScheme;
          return matchMedia(`(prefers-color-scheme: ${scheme})`).matches && (ofTheConsole === undefined || ofTheConsole === scheme);
        }
        """;

    private readonly List<string> _findings = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryPage_HasNoSeriousFinding(bool isPhone)
    {
        var stage = await OpenAsync();
        var kind = isPhone ? "phone" : "desktop";
        var customer = await stage.CustomerAsync($"customer-{kind}", Device(isPhone));
        var agent = await stage.AgentAsync($"agent-{kind}", Device(isPhone));
        await PageSpy.WatchAsync(customer.Page.Context);

        await TalkAsync(stage, customer, agent);
        await CoPilotAsync(customer, agent);
        await EndAsync(customer, agent);

        Assert.True(_findings.Count == 0, string.Join('\n', _findings));
    }

    private async Task TalkAsync(Stage stage, ShopWindow customer, ConsoleWindow agent)
    {
        await customer.Page.GotoAsync(stage.Server.ShopAddress.ToString());
        await LookAsync(customer, "shop-front");
        await customer.GoToAsync("copilot.html");
        await Assertions.Expect(customer.Page.GetByLabel("Co-Pilot code")).ToBeVisibleAsync();
        await LookAsync(customer, "code-page");
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
    }

    private async Task CoPilotAsync(ShopWindow customer, ConsoleWindow agent)
    {
        await agent.InviteAsync();
        await LookAsync(agent, "invited");
        await LookAsync(customer, "invited");
        await customer.Panel.GetByRole(AriaRole.Button, new() { Name = "Show this site to Anna" }).ClickAsync();
        await customer.SeesQuestionAsync();
        await LookAsync(customer, "consent");
        await LookAsync(agent, "joining");
        await customer.AgreeAsync();
        await agent.Viewed.SeesAsync("How can we help?");
        await LookAsync(customer, "shown");
        await LookAsync(agent, "watching");
        await customer.PressInBarAsync("Pause");
        await customer.BarSaysAsync("Paused");
        await agent.Viewed.SeesNoPageButAsync("Paused");
        await LookAsync(customer, "paused");
        await LookAsync(agent, "paused");
        await agent.EndCoPilotAsync();
        await customer.BarSaysAsync("no longer follows along");
        await LookAsync(customer, "co-pilot-ended");
        await LookAsync(agent, "co-pilot-ended");
    }

    private async Task EndAsync(ShopWindow customer, ConsoleWindow agent)
    {
        await agent.EndAsync();
        await LookAsync(agent, "ended");
        await customer.SeesStatusAsync("This chat has ended");
        await LookAsync(customer, "ended");
    }

    /// <summary>In both schemes, on the same page: to tell the whole story again in the dark takes far longer.</summary>
    private async Task LookAsync(Window window, string moment)
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await window.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Eventually.TrueAsync(() => window.Page.EvaluateAsync<bool>(HasScheme, scheme.ToString().ToLowerInvariant()));
            var seen = $"{moment}-{scheme}".ToLowerInvariant();
            await window.PictureAsync($"axe-{seen}");
            _findings.AddRange((await Axe.FindAsync(window.Page)).Select(finding => $"{seen}, {window.Name}: {finding}"));
        }
    }

    private static BrowserNewContextOptions Device(bool isPhone) => new()
    {
        ColorScheme = ColorScheme.Light,
        ReducedMotion = ReducedMotion.Reduce,
        ViewportSize = isPhone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 800 },
        IsMobile = isPhone,
        HasTouch = isPhone,
    };
}
