using System.Text.RegularExpressions;
using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser.CoBrowsing;

/// <summary>What an agent shows and proposes, and what the customer's page makes of it: it shows and asks, and does nothing by itself.</summary>
public sealed class CoPilotGuidanceStories(BrowserFixture browser, CoPilotServer server) : CoPilotBrowserStories(browser, server), IClassFixture<CoPilotServer>
{
    /// <summary>What an arrow's tip or a ring may be off: fonts are the same here, rounding is not.</summary>
    private const float Pixels = 8;

    [Fact]
    public async Task PointingAndHighlighting_InTheViewer_AreSeenOnTheCustomersPage()
    {
        var (customer, agent) = await LiveAsync("help.html");
        await agent.Viewed.SeesAsync("How can we help?");
        await ShowLineAsync(customer, "A line before it");
        var before = Frames.Text;

        await agent.Viewed.ChooseToolAsync("p");
        await PointsAtAsync(agent, customer, "Payments");
        await agent.Viewed.ChooseToolAsync("h");
        await HighlightsAsync(agent, customer, "Gift cards", customer.Page.GetByRole(AriaRole.Heading, new() { Name = "Gift cards" }));

        // Nothing of it is recorded: the next change of the page is all that is new.
        await ShowLineAsync(customer, "A line after it");
        Assert.Single(Regex.Matches(Frames.Text[before.Length..], "\"timestamp\":"));
        await customer.PictureAsync("co-pilot-guided");
        await agent.PictureAsync("co-pilot-guided");
        await agent.Viewed.ChooseToolAsync("Escape");
        await Assertions.Expect(customer.AgentsRing).ToBeHiddenAsync();

        await customer.GoToAsync("product.html?item=lamp");
        await agent.Viewed.SeesAsync("Reading lamp");
        await agent.Viewed.ChooseToolAsync("h");
        await HighlightsAsync(agent, customer, "Buy now", customer.Page.GetByRole(AriaRole.Link, new() { Name = "Buy now" }));
        await customer.PictureAsync("tour-5-page");
        await agent.PictureAsync("tour-5-page");
        await customer.PressInBarAsync("Stop");
        await agent.SeesTextAsync("The customer ended Co-Pilot.");
    }

    [Fact]
    public async Task Proposals_ToScrollAndToGo_HappenOnlyAfterAYes()
    {
        var (customer, agent) = await LiveAsync("help.html", new BrowserNewContextOptions { ViewportSize = new() { Width = 900, Height = 600 } });
        await agent.Viewed.SeesAsync("How can we help?");

        await agent.Viewed.LookDownAsync();
        await agent.Viewed.ChooseToolAsync("s");
        await agent.Viewed.UseToolOnAsync("Can I pay afterwards?");
        await customer.BarAsksAsync("would like to show you something further down");
        await customer.PictureAsync("co-pilot-scroll-proposed");
        Assert.Equal(0, await customer.Page.EvaluateAsync<double>("scrollY"));
        await customer.PressInBarAsync("Show me");
        await Eventually.TrueAsync(() => customer.Page.EvaluateAsync<bool>("scrollY > 50"));
        await agent.Viewed.IsScrolledAsync(y => y > 50);

        await agent.ProposePageAsync("/product.html");
        await customer.BarAsksAsync("proposes the page /product.html");
        await customer.PictureAsync("co-pilot-page-proposed");
        Assert.Empty(await Axe.FindAsync(customer.Page));
        await agent.PictureAsync("co-pilot-page-proposed");
        await customer.PressInBarAsync("Not now");
        await agent.SeesTextAsync("The customer did not go to /product.html.");
        Assert.EndsWith("/help.html", customer.Page.Url, StringComparison.Ordinal);

        foreach (var path in (string[])["/logout.html", "/checkout.html", "https://elsewhere.example/"])
        {
            await agent.ProposePageAsync(path);
            await agent.SeesTextAsync($"{path} may not be proposed");
        }

        await agent.ProposePageAsync("/product.html");
        await customer.PressInBarAsync("Go there");
        await Assertions.Expect(customer.Page).ToHaveURLAsync(new Regex("/product\\.html$"));
        await agent.Viewed.SeesAsync("Whistling kettle");
        await agent.SeesTextAsync("The customer went to /product.html.");
        await customer.PressInBarAsync("Stop");
        await agent.SeesTextAsync("The customer ended Co-Pilot.");
    }

    /// <summary>Points again until the customer sees it: the pointer fades when it rests, and looking may take longer on a busy machine.</summary>
    private static async Task PointsAtAsync(ConsoleWindow agent, ShopWindow customer, string heading)
    {
        var target = customer.Page.GetByRole(AriaRole.Heading, new() { Name = heading });
        await Eventually.TrueAsync(async () =>
        {
            await agent.Viewed.UseToolOnAsync(heading);
            return await customer.AgentsPointer.IsVisibleAsync() && (await customer.AgentsPointer.InnerTextAsync()).Contains("Anna", StringComparison.Ordinal)
                && await customer.AgentsPointer.BoundingBoxAsync() is { } at && await target.BoundingBoxAsync() is { } box
                && at.X > box.X - Pixels && at.X < box.X + box.Width + Pixels && at.Y > box.Y - Pixels && at.Y < box.Y + box.Height + Pixels;
        });
    }

    /// <summary>Again until the ring is there: a page that was just shown may still move under the agent's hand.</summary>
    private static Task HighlightsAsync(ConsoleWindow agent, ShopWindow customer, string text, ILocator target) => Eventually.TrueAsync(async () =>
    {
        await agent.Viewed.UseToolOnAsync(text);
        return await customer.AgentsRing.IsVisibleAsync() && await customer.AgentsRing.BoundingBoxAsync() is { } ring && await target.BoundingBoxAsync() is { } box
            && Math.Abs(ring.X - box.X) < Pixels && Math.Abs(ring.Y - box.Y) < Pixels && Math.Abs(ring.Width - box.Width) < 2 * Pixels && Math.Abs(ring.Height - box.Height) < 2 * Pixels;
    });
}
