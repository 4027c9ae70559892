using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>A supervisor looks at the live page and acts; customers see what that does.</summary>
public sealed class SupervisionStories(BrowserFixture browser) : BrowserStories(browser)
{
    private const string Returns = "Returns and refunds";
    private const string ClosedForNow = "Closed for now";

    [Fact]
    public async Task Supervisor_MovesAContact_GivesItPriority_ClosesTheQueueAndOpensIt()
    {
        var stage = await OpenAsync();
        var (ben, ada) = (await stage.CustomerAsync("customer-ben"), await stage.CustomerAsync("customer-ada"));
        await ben.StartChatAsync("It does not fit", Returns, name: "Ben");
        await ben.SeesStatusAsync("You are next in line");
        var supervisor = await stage.AgentAsync("supervisor");
        await supervisor.OpenLiveAsync();
        await supervisor.ShowLineAsync("orders");
        await Assertions.Expect(supervisor.Page.GetByText("Nobody is in this line.")).ToBeVisibleAsync();

        // The page hears of whoever comes.
        await ada.StartChatAsync("Where is my kettle?", name: "Ada");
        await ada.SeesStatusAsync("You are next in line");
        await Assertions.Expect(supervisor.InLine("Ada")).ToContainTextAsync("Chat, about orders");
        await supervisor.MoveAsync("Ada", "returns");

        await ada.SeesStatusAsync("You are number 2 in line");
        await Assertions.Expect(supervisor.Page.GetByText("Nobody is in this line.")).ToBeVisibleAsync();
        await supervisor.ShowLineAsync("returns");
        await supervisor.PreferAsync("Ada", "Ahead");

        await ada.SeesStatusAsync("You are next in line");
        await ben.SeesStatusAsync("You are number 2 in line");
        await Assertions.Expect(supervisor.InLine("Ada")).ToContainTextAsync("30 min ahead");
        await supervisor.PictureAsync("live-line");

        await supervisor.CloseForNowAsync("returns", "Until somebody opens it again");
        await Assertions.Expect(supervisor.Line("returns")).ToContainTextAsync(ClosedForNow);
        var late = await stage.CustomerAsync("customer-late");
        await late.OpenChatAsync();
        await Assertions.Expect(TopicOf(late)).ToContainTextAsync("Closed now");
        await ada.SeesStatusAsync("You are next in line");

        await supervisor.PressOfAsync("Open again", "returns");
        await Assertions.Expect(supervisor.Line("returns")).Not.ToContainTextAsync(ClosedForNow);
        var later = await stage.CustomerAsync("customer-later");
        await later.OpenChatAsync();
        await Assertions.Expect(TopicOf(later)).ToContainTextAsync("2 people in line");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryState_HasNoSeriousFinding(bool isPhone)
    {
        var stage = await OpenBehindNetworkAsync();
        var walk = new AxeWalk();
        var customer = await stage.CustomerAsync();
        await customer.StartChatAsync("Where is my kettle?", name: "Ada");
        await customer.SeesStatusAsync("You are next in line");
        var agent = await stage.AgentAsync();
        await agent.SignInAsync();
        await agent.SetStatusAsync("Away");
        var supervisor = await stage.AgentAsync(isPhone ? "supervisor-phone" : "supervisor-desktop", AxeWalk.Device(isPhone));
        await supervisor.OpenLiveAsync();
        await Assertions.Expect(supervisor.Page.GetByRole(AriaRole.Heading, new() { Name = "Away: 1" })).ToBeVisibleAsync();
        await walk.LookAsync(supervisor, "live");
        await supervisor.ShowLineAsync("orders");
        await Assertions.Expect(supervisor.InLine("Ada")).ToBeVisibleAsync();
        await walk.LookAsync(supervisor, "live-line");
        foreach (var act in (string[])["Move", "Priority"])
        {
            await supervisor.PressOfAsync(act, "Ada");
            await LookAtDialogAsync(supervisor, walk, act);
        }

        await supervisor.PressOfAsync("Close for now", "orders");
        await LookAtDialogAsync(supervisor, walk, "close");
        await supervisor.CloseForNowAsync("orders", "For 15 minutes");
        await Assertions.Expect(supervisor.Line("orders")).ToContainTextAsync("Closed for now, until");
        await walk.LookAsync(supervisor, "live-closed");

        stage.ExpectBrokenConnections();
        stage.Server.Network!.Cut();
        await Assertions.Expect(supervisor.Page.GetByText("These figures are old")).ToBeVisibleAsync();
        await walk.LookAsync(supervisor, "live-old");
        stage.Server.Network.Restore();
        await Assertions.Expect(supervisor.Page.GetByText("Up to date")).ToBeVisibleAsync();

        walk.Check();
    }

    private static ILocator TopicOf(ShopWindow customer) => customer.Panel.GetByRole(AriaRole.Button, new() { Name = Returns });

    private static async Task LookAtDialogAsync(ConsoleWindow supervisor, AxeWalk walk, string act)
    {
        await Assertions.Expect(supervisor.Dialog.GetByRole(AriaRole.Radio).First).ToBeVisibleAsync();
        await walk.LookAsync(supervisor, $"live-{act}".ToLowerInvariant());
        await supervisor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(supervisor.Dialog).ToBeHiddenAsync();
    }
}
