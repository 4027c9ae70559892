using System.Text;
using System.Text.RegularExpressions;

namespace CoPilot.EndToEnd.Browser.CoBrowsing;

/// <summary>The recorder as it is shipped, on pages that are worse than the demo shop's, through the whole product.</summary>
public sealed class CoPilotCanaryStories(BrowserFixture browser, CoPilotServer server) : CoPilotBrowserStories(browser, server), IClassFixture<CoPilotServer>
{
    [Fact]
    public async Task CanaryPage_AsItComesAndChanges_LeavesNoMarkerAnywhere()
    {
        var (customer, agent) = await LiveAsync();
        await CanaryPage.ServeAsync(customer, Stage.Server.ShopAddress, Stage.Server.Address);

        // Its scripts play what a visitor does.
        customer.Expect("A script did what a person should");
        await customer.GoToAsync($"{CanaryPage.Name}?ZQ190SECRET#ZQ191SECRET");
        await agent.Viewed.SeesAsync("SHOWNTEXT of the shop");
        await customer.Page.EvaluateAsync("() => changeLater()");
        await customer.Page.FillAsync("#plain", "ZQ401SECRET");
        await customer.Page.Locator("#password").PressSequentiallyAsync("ZQ402SECRET");
        await customer.Page.Locator("[contenteditable]").First.PressSequentiallyAsync("ZQ403SECRET");
        await ShowLineAsync(customer, "THE LAST LINE");
        await agent.Viewed.SeesAsync("THE LAST LINE");

        await HasNoMarkerAsync(agent);
        await customer.BarSaysAsync("sees this page");
        await customer.PressInBarAsync("Stop");
        await agent.SeesTextAsync("The customer ended Co-Pilot.");
        await HasNoMarkerAsync(agent);
    }

    [Fact]
    public async Task LargePage_AndAChangeOfIt_AreSeen()
    {
        var (customer, agent) = await LiveAsync();
        await CanaryPage.ServeAsync(customer, Stage.Server.ShopAddress, Stage.Server.Address);

        await customer.GoToAsync(CanaryPage.LargeName);
        await agent.Viewed.SeesAsync("Line 7500");
        await ShowLineAsync(customer, "One line more");
        await agent.Viewed.SeesAsync("One line more");

        await customer.BarSaysAsync("sees this page");
        await customer.PressInBarAsync("Stop");
        await agent.SeesTextAsync("The customer ended Co-Pilot.");
    }

    /// <summary>Neither where the agent looks, nor on the wire, nor in what the server writes and keeps.</summary>
    private async Task HasNoMarkerAsync(ConsoleWindow agent)
    {
        var kept = Directory.GetFiles(Stage.Server.DataFolder, "cobrowse.db*");
        Assert.NotEmpty(kept);
        string[] places =
        [
            Frames.Text, await agent.Viewed.EverythingAsync(), await agent.Page.ContentAsync(), Stage.Server.Log.Text,
            .. await Task.WhenAll(kept.Select(ReadAsync)),
        ];
        foreach (var place in places)
        {
            Assert.Empty(Regex.Matches(place, $".{{0,40}}{CanaryPage.Marker}.{{0,40}}", RegexOptions.IgnoreCase).Select(found => found.Value));
        }
    }

    /// <summary>While the server has it open.</summary>
    private static async Task<string> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
