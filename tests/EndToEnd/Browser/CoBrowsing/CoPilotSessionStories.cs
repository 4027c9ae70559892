using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser.CoBrowsing;

/// <summary>A session from its code to its end.</summary>
public sealed class CoPilotSessionStories(BrowserFixture browser, CoPilotServer server) : CoPilotBrowserStories(browser, server), IClassFixture<CoPilotServer>
{
    [Fact]
    public async Task Session_FromTheCodeToTheCustomersEsc_ShowsTheAgentThePage()
    {
        var (customer, agent) = await MeetAsync();
        await agent.SignInAsync();
        await customer.TypeCodeAsync(await agent.AskForCodeAsync());
        await customer.PictureAsync("tour-5-consent");
        await customer.AgreeAsync();
        await agent.Viewed.SeesAsync("Let one of our colleagues follow along on the pages of this shop");
        await customer.BarSaysAsync("sees this page");
        await customer.GoToAsync("help.html");
        await agent.Viewed.SeesAsync("How can we help?");
        await agent.Viewed.SeesAsync("Returns and refunds");
        await agent.SeesTextAsync("/help.html");
        await customer.PictureAsync("co-pilot-live");
        await agent.PictureAsync("co-pilot-live");
        Assert.Empty(await Axe.FindAsync(customer.Page));
        Assert.Empty(await Axe.FindAsync(agent.Page));

        await customer.Page.GetByText("How do I send something back?").ClickAsync();
        await agent.Viewed.SeesAsync("drop it off at any parcel point");

        await customer.PressInBarAsync("Pause");
        await customer.BarSaysAsync("Paused");
        await agent.Viewed.SeesNoPageButAsync("Paused");
        await agent.PictureAsync("co-pilot-paused");
        await customer.GoToAsync("product.html?item=lamp");
        await customer.BarSaysAsync("Paused");
        await customer.PressInBarAsync("Go on");
        await agent.Viewed.SeesAsync("Reading lamp");

        await agent.Page.ReloadAsync();
        await agent.Viewed.SeesAsync("Reading lamp");

        await customer.Page.Keyboard.PressAsync("Escape");
        await customer.BarSaysAsync("You have stopped");
        await agent.SeesTextAsync("The customer ended Co-Pilot.");
        Assert.Equal("", await agent.Viewed.TextAsync());
        await customer.PictureAsync("co-pilot-ended");
        await agent.PictureAsync("co-pilot-ended");
    }

    [Fact]
    public async Task TenPagesInARow_InOneSession_AreAllSeen()
    {
        var (customer, agent) = await LiveAsync();
        var session = await customer.SessionIdAsync();
        string[] pages = ["index.html", "help.html", "product.html?item=mug", "copilot.html", "product.html?item=kettle"];
        string[] texts = ["Good things for slow mornings", "How can we help?", "€ 14.50", "Let one of our colleagues", "€ 49.95"];

        for (var load = 0; load < 10; load++)
        {
            await customer.GoToAsync(pages[load % pages.Length]);
            await agent.Viewed.SeesAsync(texts[load % pages.Length]);
        }

        Assert.Equal(session, await customer.SessionIdAsync());
        await customer.BarSaysAsync("sees this page");
        await agent.EndCoPilotAsync();
        await customer.BarSaysAsync("no longer follows along");
        await Eventually.TrueAsync(async () => (await agent.Viewed.TextAsync()).Length == 0);
        Assert.Equal("", await customer.SessionIdAsync());
    }

    [Fact]
    public async Task ConnectionOfTheAgent_LostAndBack_ShowsThePageAsItIsThen()
    {
        var (customer, agent) = await MeetAsync();
        var breakOff = await agent.HoldConnectionsAsync();
        await agent.SignInAsync();
        await customer.TypeCodeAsync(await agent.AskForCodeAsync());
        await customer.AgreeAsync();
        await customer.GoToAsync("help.html");
        await agent.Viewed.SeesAsync("How can we help?");

        await breakOff();
        await customer.Page.GetByText("Can I pay afterwards?").ClickAsync();

        await agent.Viewed.SeesAsync("within fourteen days");
        await customer.GoToAsync("product.html?item=lamp");
        await agent.Viewed.SeesAsync("Reading lamp");
        await customer.PressInBarAsync("Stop");
        await agent.SeesTextAsync("The customer ended Co-Pilot.");
    }

    [Fact]
    public async Task CopiedTab_OfACustomerInASession_GetsNothing()
    {
        var (customer, agent) = await LiveAsync("help.html");
        await agent.Viewed.SeesAsync("How can we help?");

        var copy = await customer.Page.Context.RunAndWaitForPageAsync(() => customer.Page.EvaluateAsync("() => { open('index.html'); }"));
        Assert.NotEqual("0", await copy.EvaluateAsync<string>("() => String(sessionStorage.length)"));
        await Eventually.TrueAsync(async () => await copy.EvaluateAsync<int>(PageSpy.LocksRefused) >= 5);

        Assert.Equal(0, await copy.GetByRole(AriaRole.Region, new() { Name = "Co-Pilot" }).CountAsync());
        await customer.Page.GetByText("Can I pay afterwards?").ClickAsync();
        await agent.Viewed.SeesAsync("within fourteen days");
        Assert.DoesNotContain("Good things for slow mornings", Frames.Text, StringComparison.Ordinal);
        await customer.PressInBarAsync("Stop");
        await agent.SeesTextAsync("The customer ended Co-Pilot.");
    }

    [Fact]
    public async Task Invitation_InAChat_TakesOneClickToTheQuestion()
    {
        var (customer, agent) = await MeetAsync();
        await customer.StartChatAsync("How do I send this back?", name: "Ada");
        await agent.BecomeAvailableAsync();
        await agent.AcceptAsync();
        await agent.InviteAsync();
        await customer.PictureAsync("co-pilot-invited");
        await agent.PictureAsync("co-pilot-invited");

        await customer.Panel.GetByRole(AriaRole.Button, new() { Name = "Show this site to Anna" }).ClickAsync();
        await customer.SeesQuestionAsync();
        await customer.AgreeAsync();
        await agent.Viewed.SeesAsync("How can we help?");
        await customer.PictureAsync("co-pilot-in-a-chat");
        await agent.PictureAsync("co-pilot-in-a-chat");
        Assert.DoesNotContain("How do I send this back?", await agent.Viewed.EverythingAsync(), StringComparison.Ordinal);

        await agent.EndCoPilotAsync();
        await customer.BarSaysAsync("no longer follows along");
        await customer.SayAsync("Thank you!");
        await agent.EndAsync();
        await agent.SetStatusAsync("Offline");
    }
}
