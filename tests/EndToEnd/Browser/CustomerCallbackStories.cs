using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>The customer's side of call-backs.</summary>
public sealed class CustomerCallbackStories(BrowserFixture browser, ShopServer shop) : ShopStories(browser, shop), IClassFixture<ShopServer>
{
    private const string Waiting = "We will call you when it is your turn";

    /// <summary>Sideways there is nothing to scroll, in the page and in what we put into it.</summary>
    private const string NothingIsCutOff =
        """
        () => {
          const roots = [document, ...[...document.querySelectorAll('*')].flatMap((each) => each.shadowRoot ?? [])];
          const boxes = roots.flatMap((root) => [...root.querySelectorAll('html, .step, .callback, .strip')]);
          return boxes.every((box) => box.scrollWidth <= box.clientWidth + 1);
        }
        """;

    /// <summary>With a keyboard all the same, whose Enter sends.</summary>
    private static BrowserNewContextOptions Narrow => new() { ViewportSize = new() { Width = 320, Height = 640 } };

    [Fact]
    public async Task CallBack_AskedForNow_IsMovedAndCancelled_AlsoFromAnotherDevice()
    {
        var stage = OpenShop();
        var customer = await stage.CustomerAsync();
        await customer.OpenChatAsync();
        await customer.AskToBeCalledAsync();
        await customer.SendNumberAsync("06 1234");
        await Assertions.Expect(customer.Panel.GetByText("This number is too short. Is there a digit missing?")).ToBeVisibleAsync();
        await LookAsync(customer, "form");
        await customer.SendNumberAsync("06 11223344");
        await customer.SeesCallbackAsync(Waiting);
        await customer.SeesCallbackPlaceAsync("You are next in line");
        await LookAsync(customer, "waiting");

        await customer.Page.ReloadAsync();
        await customer.SeesCallbackAsync(Waiting);
        await customer.PressOnCallbackAsync("Another time");
        await customer.ChooseTimeAsync();
        await LookAsync(customer, "moving");
        await customer.PressOnCallbackAsync("Save this time");
        await customer.SeesCallbackScheduledAsync();

        var link = await customer.ReadManageLinkAsync();
        var elsewhere = await stage.CustomerAsync("another-device");
        await elsewhere.Page.GotoAsync(link);
        await elsewhere.SeesCallbackScheduledAsync();
        Assert.DoesNotContain('#', elsewhere.Page.Url);
        await elsewhere.Page.ReloadAsync();
        await elsewhere.SeesCallbackScheduledAsync();
        await LookAsync(elsewhere, "page");
        await elsewhere.MoveToNowAsync();
        await elsewhere.SeesCallbackAsync(Waiting);
        await customer.SeesCallbackAsync(Waiting);

        await customer.PressOnCallbackAsync("Cancel the call-back");
        await customer.PressOnCallbackAsync("Cancel it");
        await customer.SeesCallbackAsync("You cancelled this call-back.");
        await elsewhere.SeesCallbackAsync("You cancelled this call-back.");
        await elsewhere.Page.ReloadAsync();
        await elsewhere.SeesCallbackAsync("You cancelled this call-back.");
    }

    [Fact]
    public async Task Chat_ThatWaits_BecomesACallBackAndAChatAgain_InItsPlace()
    {
        var stage = OpenShop();
        var first = await stage.CustomerAsync("first", Narrow);
        var second = await stage.CustomerAsync("second");
        await first.StartChatAsync("Where is my kettle?");
        await first.SeesStatusAsync("You are next in line");
        await second.StartChatAsync("And my mug?");
        await second.SeesStatusAsync("You are number 2 in line");

        await LookAsync(first, "chat-waiting");
        await first.Panel.GetByRole(AriaRole.Button, new() { Name = "Call me back instead" }).ClickAsync();
        await Assertions.Expect(first.Panel.GetByLabel("Your telephone number")).ToBeVisibleAsync();
        await LookAsync(first, "instead");
        await first.SendNumberAsync("06 22334455");
        await first.SeesCallbackAsync(Waiting);
        await first.SeesCallbackPlaceAsync("You are next in line");
        await second.SeesStatusAsync("You are number 2 in line");
        await LookAsync(first, "instead-waiting");
        await first.PressOnCallbackAsync("Chat instead");

        await first.HearsAsync("Where is my kettle?");
        await first.SeesEventAsync("You asked to be called instead");
        await first.SeesEventAsync("You went on by chat");
        await first.SeesStatusAsync("You are next in line");
        await first.SayAsync("It was blue.");
        await first.HearsAsync("It was blue.");
        await first.EndAsync();
        await second.SeesStatusAsync("You are next in line");
        await second.EndAsync();
    }

    [Fact]
    public async Task CallBack_OutsideHours_IsForATimeWithinThemAlone()
    {
        var stage = OpenShop();
        var customer = await stage.CustomerAsync();
        await customer.OpenChatAsync();
        await Assertions.Expect(customer.Panel.GetByRole(AriaRole.Button, new() { Name = ShopServer.ClosedTopic })).ToContainTextAsync("Closed, opens");
        await customer.AskToBeCalledAsync(ShopServer.ClosedTopic);

        await Assertions.Expect(customer.Panel.GetByText("We are closed now and open")).ToBeVisibleAsync();
        await Assertions.Expect(customer.Panel.GetByLabel("As soon as it is my turn")).ToBeDisabledAsync();
        await LookAsync(customer, "closed");
        await customer.ChooseTimeAsync();
        await customer.SendNumberAsync("06 66778899");
        await customer.SeesCallbackScheduledAsync();
        await customer.PressOnCallbackAsync("Cancel the call-back");
        await customer.PressOnCallbackAsync("Cancel it");
        await customer.SeesCallbackAsync("You cancelled this call-back.");
    }

    private static async Task LookAsync(ShopWindow window, string moment)
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await window.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await window.PictureAsync($"callback-{moment}-{scheme}".ToLowerInvariant());
            Assert.Empty(await Axe.FindAsync(window.Page));
            Assert.True(await window.Page.EvaluateAsync<bool>(NothingIsCutOff));
        }
    }
}
