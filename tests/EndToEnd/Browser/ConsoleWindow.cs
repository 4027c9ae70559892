using System.Text.RegularExpressions;
using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>An agent at the console.</summary>
internal sealed partial class ConsoleWindow : Window
{
    private readonly Uri _address;

    public ConsoleWindow(IPage page, ServerProcess server, Uri address, string name)
        : base(page, server, name)
    {
        _address = address;
        Listen();

        // The console asks who is signed in before it knows, and the browser complains about the answer.
        Expect("/api/agents/me");
    }

    public ILocator Offer => Page.Locator("section[role=dialog]");

    public ILocator Log => Page.GetByRole(AriaRole.Log);

    public ILocator Composer => Page.GetByRole(AriaRole.Textbox, new() { NameRegex = Addressed() });

    public ILocator NoteField => Page.GetByRole(AriaRole.Textbox, new() { Name = "Note for colleagues; the customer does not see it" });

    public ILocator Status => Page.GetByRole(AriaRole.Button, new() { NameRegex = YourStatus() });

    public ILocator Banner => Page.GetByText("Connection lost. Trying again; your work is kept.");

    public async Task OpenAsync() => await Page.GotoAsync(new Uri(_address, "agent/").ToString());

    public Task SignInAsync(int number = 1) => SignInAsAsync($"agent{number}");

    /// <param name="mailbox">Of a demo account.</param>
    public async Task SignInAsAsync(string mailbox)
    {
        await OpenAsync();
        await Page.GetByLabel("E-mail address").FillAsync($"{mailbox}@demo.example");
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync("demo");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await SeesAsync(Status);
    }

    public async Task SetStatusAsync(string status)
    {
        await Assertions.Expect(Status).ToBeEnabledAsync();
        await Status.ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = status }).ClickAsync();
        await Assertions.Expect(Status).ToHaveAccessibleNameAsync(new Regex($"Your status: {status}"));
    }

    public async Task BecomeAvailableAsync(int number = 1)
    {
        await SignInAsync(number);
        await SetStatusAsync("Available");
    }

    public async Task AcceptAsync()
    {
        await Offer.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await SeesAsync(Composer);
    }

    public async Task DeclineAsync() => await Offer.GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();

    public Task SayAsync(string text) => WriteAsync(Composer, text);

    public async Task NoteAsync(string text)
    {
        await Page.GetByText("Note", new() { Exact = true }).ClickAsync();
        await WriteAsync(NoteField, text);
        await Page.GetByText("Reply", new() { Exact = true }).ClickAsync();
    }

    public Task HearsAsync(string text) => SeesAsync(Log.Locator("article").GetByText(text, new() { Exact = true }));

    public Task SeesEventAsync(string text) => SeesAsync(Log.Locator("p").GetByText(text));

    /// <summary>Chooses a chat of the list by what it shows.</summary>
    public async Task ChooseAsync(string text) => await Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = text }).GetByRole(AriaRole.Button).First.ClickAsync();

    /// <summary>What was said, in the order shown, notes included.</summary>
    public Task<IReadOnlyList<string>> ReadAsync() => Log.Locator("article div[dir=auto]").AllInnerTextsAsync();

    public async Task EndAsync(string disposition = "Resolved")
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "End chat" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = "End this chat" });
        await dialog.GetByLabel(disposition, new() { Exact = true }).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "End chat" }).ClickAsync();
        await SeesAsync(Page.GetByText("This chat has ended. You can still read it."));
    }

    public async Task TransferAsync(string queue, string note)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Transfer" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = "Transfer this chat" });
        await dialog.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex(queue) }).CheckAsync();
        await dialog.GetByLabel("Note for the next agent").FillAsync(note);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Transfer" }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    [GeneratedRegex("^Message to ")]
    private static partial Regex Addressed();

    [GeneratedRegex("^Your status: ")]
    private static partial Regex YourStatus();
}
