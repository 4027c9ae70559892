using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>What supervisors see and do on the live page.</summary>
internal sealed partial class ConsoleWindow
{
    public ILocator LiveTitle => Page.GetByRole(AriaRole.Heading, new() { Name = "Live", Exact = true });

    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    /// <summary>Of the line, in the table or on its card.</summary>
    public ILocator Line(string queue) => Page.Locator("tr, li").Filter(new() { Has = NameOfLine(queue) });

    public async Task OpenLiveAsync()
    {
        await SignInAsAsync("supervisor");
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = LiveButton() }).ClickAsync();
        await SeesAsync(LiveTitle);
    }

    /// <summary>Shows who is in the line.</summary>
    public async Task ShowLineAsync(string queue)
    {
        await NameOfLine(queue).ClickAsync();
        await SeesAsync(Page.GetByText($"In the line of {queue}", new() { Exact = true }));
    }

    /// <summary>Who is in the line that is shown, as its list has them.</summary>
    public ILocator InLine(string name) => Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name }).Last;

    public async Task MoveAsync(string name, string queue)
    {
        await PressOfAsync("Move", name);
        await Dialog.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex($"^{queue}") }).CheckAsync();
        await ConfirmAsync("Move");
    }

    /// <param name="choice">How it begins.</param>
    public async Task PreferAsync(string name, string choice)
    {
        await PressOfAsync("Priority", name);
        await Dialog.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex($"^{choice}") }).CheckAsync();
        await ConfirmAsync("Change");
    }

    public async Task CloseForNowAsync(string queue, string until)
    {
        await PressOfAsync("Close for now", queue);
        await Dialog.GetByRole(AriaRole.Radio, new() { Name = until }).CheckAsync();
        await ConfirmAsync("Close for now");
    }

    /// <summary>Presses the button that says of what it is in words that are heard alone.</summary>
    public async Task PressOfAsync(string button, string of) =>
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($@"^{button} ?\({of}\)$") }).ClickAsync();

    private async Task ConfirmAsync(string button)
    {
        await Dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Assertions.Expect(Dialog).ToBeHiddenAsync();
    }

    private ILocator NameOfLine(string queue) => Page.GetByRole(AriaRole.Button, new() { Name = $"Who is in the line of {queue}", Exact = true });

    [GeneratedRegex("^Live")]
    private static partial Regex LiveButton();
}
