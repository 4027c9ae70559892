using CoPilot.EndToEnd.Browser.CoBrowsing;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>With a customer's page beside the chats.</summary>
internal sealed partial class ConsoleWindow
{
    public ViewedPage Viewed => new(Page, Server.ViewerAddress);

    private ILocator Code => Page.Locator("[translate=no] [aria-hidden]");

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
        Server.Log.MustNotContain(code);
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
