using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>What agents do about call-backs.</summary>
internal sealed partial class ConsoleWindow
{
    /// <summary>The card of the call on the screen.</summary>
    public ILocator Card => Page.GetByRole(AriaRole.Region, new() { Name = "Call-back", Exact = true });

    /// <summary>The time to finish up: on the card, or in the sidebar when that is not on the screen.</summary>
    public ILocator WrapUp => Page.GetByRole(AriaRole.Region, new() { Name = "Finishing up" });

    public ILocator NumberLink(string number) => Card.GetByRole(AriaRole.Link, new() { Name = $"Call {number}" });

    /// <summary>Takes the call-back that is offered and sees its number.</summary>
    public async Task AcceptCallAsync(string number)
    {
        await SeesAsync(Offer.GetByText("New call-back"));
        await Offer.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await SeesAsync(NumberLink(number));
    }

    public async Task CompleteAsync(string outcome, string? note = null)
    {
        if (note is not null)
        {
            Server.Log.MustNotContain(note);
            await Card.GetByRole(AriaRole.Textbox, new() { Name = "Note about this call" }).FillAsync(note);
        }

        await Card.GetByRole(AriaRole.Button, new() { Name = outcome }).ClickAsync();
    }

    public Task SeesNotedAsync(string outcome) => SeesAsync(Card.GetByText($"Noted: {outcome}"));

    /// <summary>Gives the rest of the time to finish up back.</summary>
    public async Task SayReadyAsync()
    {
        await WrapUp.GetByRole(AriaRole.Button, new() { Name = "Ready now" }).ClickAsync();
        await Assertions.Expect(WrapUp).ToBeHiddenAsync();
    }

    public async Task TransferCallAsync(string colleague, string note)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Transfer" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = "Transfer this call-back" });
        await dialog.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex(colleague) }).CheckAsync();
        Server.Log.MustNotContain(note);
        await dialog.GetByLabel("Note for the next agent").FillAsync(note);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Transfer" }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }
}
