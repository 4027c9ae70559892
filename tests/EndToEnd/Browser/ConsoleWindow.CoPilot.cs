using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CoPilot.EndToEnd.Browser.CoBrowsing;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>With a customer's page beside the chats.</summary>
internal sealed partial class ConsoleWindow
{
    public ViewedPage Viewed => new(Page, Server.ViewerAddress);

    private ILocator Code => Page.Locator("[translate=no] [aria-hidden]");

    /// <summary>From now on Co-Pilot's connections of this page can be broken off by what this answers; the page may connect again at once.</summary>
    public async Task<Func<Task>> HoldConnectionsAsync()
    {
        var open = new ConcurrentBag<IWebSocketRoute>();
        await Page.RouteWebSocketAsync(new Regex("/hubs/cobrowse"), connection =>
        {
            connection.ConnectToServer();
            open.Add(connection);
        });
        return async () =>
        {
            Assert.NotEmpty(open);
            foreach (var connection in open)
            {
                await connection.CloseAsync();
            }
        };
    }

    /// <summary>For somebody on the phone.</summary>
    public async Task<string> AskForCodeAsync()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Co-Pilot code for a call" }).ClickAsync();
        return await ReadCodeAsync();
    }

    public async Task<string> ReadCodeAsync()
    {
        await SeesAsync(Code);
        var code = await Code.InnerTextAsync();
        Server.Log.MustNotContainCode(code);
        return code;
    }

    /// <summary>The customer of the chat that is open.</summary>
    public async Task InviteAsync()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Co-Pilot", Exact = true }).ClickAsync();
        await ReadCodeAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Invite in the chat" }).ClickAsync();
        await SeesTextAsync("Invited: the customer’s chat asks");
    }

    public async Task EndCoPilotAsync() => await Page.GetByRole(AriaRole.Button, new() { Name = "End Co-Pilot" }).ClickAsync();

    public async Task ProposePageAsync(string path)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Propose a page" }).ClickAsync();
        await Page.GetByLabel("Path on the shop’s site").FillAsync(path);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Propose", Exact = true }).ClickAsync();
    }

    public Task SeesTextAsync(string text) => SeesAsync(Page.GetByText(text).First);
}
