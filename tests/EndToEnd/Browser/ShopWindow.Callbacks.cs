using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>With a call-back in place of a chat.</summary>
internal sealed partial class ShopWindow
{
    private const string Number = "06 12345678";

    /// <summary>Where the call-back stands, in the panel or on the page that manages it.</summary>
    public ILocator CallbackStatus => Page.Locator(".callback-status");

    public ILocator CallbackLost => Page.Locator(".callback-card .warning").GetByText("No connection. Trying again…");

    private ILocator ManageLink => Panel.Locator(".manage a");

    public async Task AskToBeCalledAsync(string topic = "Orders and delivery")
    {
        await Panel.GetByRole(AriaRole.Button, new() { Name = topic }).ClickAsync();
        await Panel.GetByRole(AriaRole.Button, new() { Name = "Would you rather be called?" }).ClickAsync();
        await SeesAsync(Panel.GetByLabel("Your telephone number"));
    }

    /// <summary>The form comes with what is known so far; sends it with a number that no log may show.</summary>
    public async Task SendNumberAsync(string number = Number)
    {
        Server.Log.MustNotContainNumber(number);
        await Panel.GetByLabel("Your telephone number").FillAsync(number);
        await Panel.GetByRole(AriaRole.Button, new() { Name = "Call me back" }).ClickAsync();
    }

    /// <summary>The first free time of the last day that is listed, which is never too near.</summary>
    public async Task ChooseTimeAsync()
    {
        await Page.GetByLabel("At a time that I choose").CheckAsync();
        var day = Page.GetByLabel("Day", new() { Exact = true });
        await SeesAsync(day);
        await day.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Page.GetByLabel("Time", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Index = 1 });
    }

    public async Task PressOnCallbackAsync(string button) =>
        await Page.Locator(".callback-card").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public async Task SeesCallbackAsync(string text) => await Assertions.Expect(CallbackStatus).ToHaveTextAsync(text);

    public Task SeesReachedAsync() => SeesCallbackAsync("We reached you. Thank you for waiting.");

    public async Task SeesCallbackPlaceAsync(string text) => await Assertions.Expect(Page.Locator(".callback-card .intro")).ToContainTextAsync(text);

    /// <summary>To a time of the next days, by whichever clock.</summary>
    public async Task SeesCallbackScheduledAsync() => await Assertions.Expect(CallbackStatus).ToContainTextAsync(Scheduled());

    /// <summary>Nobody answered the calls so far; there is another try at a time that is said.</summary>
    public async Task SeesNextTryAsync()
    {
        await Assertions.Expect(CallbackStatus).ToContainTextAsync(NextTry());
        await SeesFailedCallAsync();
    }

    public async Task SeesFailedCallAsync() => await Assertions.Expect(Page.Locator(".callback-card .facts")).ToContainTextAsync(NoAnswer());

    /// <summary>From a time that was chosen, or that of the next try, to now.</summary>
    public async Task MoveToNowAsync()
    {
        await PressOnCallbackAsync("Another time");
        await Page.GetByLabel("As soon as it is my turn").CheckAsync();
        await PressOnCallbackAsync("Save this time");
    }

    /// <summary>What opens the call-back on any device; the server must keep its token out of its log.</summary>
    public async Task<string> ReadManageLinkAsync()
    {
        var link = (await ManageLink.GetAttributeAsync("href"))!;
        Assert.Contains("/callback.html#", link, StringComparison.Ordinal);
        Server.Log.MustNotContain(link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..]);
        return link;
    }

    [GeneratedRegex(@"^We will call you .+ at \d")]
    private static partial Regex Scheduled();

    [GeneratedRegex(@"^We will try again .+ at \d")]
    private static partial Regex NextTry();

    [GeneratedRegex(@"We called .+ at \d.*, and nobody answered\.")]
    private static partial Regex NoAnswer();
}
