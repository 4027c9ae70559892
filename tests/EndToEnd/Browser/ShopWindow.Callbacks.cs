using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>With a call-back in place of a chat.</summary>
internal sealed partial class ShopWindow
{
    private const string Number = "06 12345678";

    /// <summary>Where the call-back stands, in the panel or on the page that manages it.</summary>
    public ILocator CallbackStatus => Page.Locator(".callback-status");

    public ILocator ManageLink => Panel.Locator(".manage a");

    public async Task AskToBeCalledAsync(string topic = "Orders and delivery")
    {
        await Panel.GetByRole(AriaRole.Button, new() { Name = topic }).ClickAsync();
        await Panel.GetByRole(AriaRole.Button, new() { Name = "Would you rather be called?" }).ClickAsync();
        await SeesAsync(Panel.GetByLabel("Your telephone number"));
    }

    /// <summary>The form comes with what is known so far; sends it with a number that no log may show.</summary>
    public async Task SendNumberAsync(string number = Number)
    {
        Server.Log.MustNotContain(number.Replace(" ", "", StringComparison.Ordinal)[1..]);
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

    public async Task SeesCallbackPlaceAsync(string text) => await Assertions.Expect(Page.Locator(".callback-card .intro")).ToContainTextAsync(text);

    /// <summary>To a time of the next days, by whichever clock.</summary>
    public async Task SeesCallbackScheduledAsync() =>
        await Assertions.Expect(CallbackStatus).ToContainTextAsync(new System.Text.RegularExpressions.Regex("^We will call you .+ at \\d"));
}
