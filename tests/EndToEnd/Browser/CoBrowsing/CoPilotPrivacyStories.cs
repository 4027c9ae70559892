using System.Text.Json;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser.CoBrowsing;

/// <summary>What an agent must not see, looked for where they look and in what they are sent.</summary>
public sealed class CoPilotPrivacyStories(BrowserFixture browser, CoPilotServer server) : CoPilotBrowserStories(browser, server), IClassFixture<CoPilotServer>
{
    private static readonly string[] OfTheAccount =
    [
        "Jansen", "Herengracht", "Amsterdam", "1015 BK", "mail.example", "555 0143", "14 March", "NL91", "ABNA", "not-a-real-one",
        "Invoice", "t-5b1f9c", "DS-2026", "12 November", "On its way", "Whistling kettle", "Your orders",
    ];

    private static readonly string[] OfTheCheckout = ["Checkout", "4111 1111", "A. Jansen", "11/29", "Security code", "Name on the card"];

    [Fact]
    public async Task Account_IsMasked_AndTheCheckoutIsNeverThere()
    {
        var (customer, agent) = await LiveAsync("account.html");
        await agent.Viewed.SeesAsync("Your account");
        await agent.Viewed.SeesAsync("••••••");
        await customer.PictureAsync("co-pilot-account");
        await agent.PictureAsync("co-pilot-account");

        // What comes later is masked like what was there.
        await customer.Page.EvaluateAsync(Later);
        await customer.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Typed Later");
        await customer.Page.GetByLabel("Pay with").PressAsync("ArrowDown");
        await Assertions.Expect(customer.Page.GetByLabel("Pay with")).ToHaveValueAsync("Gift card");
        await Frames.HoldAsync("A region that is shown");
        await agent.Viewed.SeesAsync("A region that is shown");
        await IsNowhereAsync(agent, [.. OfTheAccount, "Typed Later", "Gift card", "CanaryText", "CanaryTitle", "CanaryStyle", "canary-class", "canary-id", "CanaryValue"]);

        await customer.GoToAsync("checkout.html?item=kettle");
        await customer.BarSaysAsync("Private page");
        await agent.Viewed.SeesNoPageButAsync("Private page");
        await TypesUnsentAsync(customer, "4111 1111 1111 1111");
        await customer.PictureAsync("co-pilot-checkout");
        await agent.PictureAsync("co-pilot-checkout");
        await IsNowhereAsync(agent, OfTheCheckout);

        await customer.GoToAsync("help.html");
        await agent.Viewed.SeesAsync("How can we help?");
        await customer.PressInBarAsync("Stop");
        await agent.SeesTextAsync("The customer ended Co-Pilot.");
    }

    [Fact]
    public async Task PageWithoutALoad_IntoTheCheckoutAndBack_IsLeftBeforeItIsThere()
    {
        var (customer, agent) = await LiveAsync("product.html?item=lamp&from=secret-campaign");
        await agent.Viewed.SeesAsync("Reading lamp");
        await agent.SeesTextAsync("/product.html");
        Assert.True(customer.Sent.Count("PublishFrames") > 0);

        await customer.Page.GetByRole(AriaRole.Link, new() { Name = "Buy now" }).ClickAsync();
        await Assertions.Expect(customer.Page.GetByLabel("Card number")).ToBeVisibleAsync();
        await agent.Viewed.SeesNoPageButAsync("Private page");
        await TypesUnsentAsync(customer, "5555 5555 5555 4444");
        await customer.Page.GoBackAsync();
        await agent.Viewed.SeesAsync("Reading lamp");

        await IsNowhereAsync(agent, [.. OfTheCheckout, "5555 5555", "secret-campaign", "item=lamp", "Herengracht"]);
        await customer.PressInBarAsync("Stop");
        await agent.SeesTextAsync("The customer ended Co-Pilot.");
    }

    [Fact]
    public async Task ForgedPage_SentStraightToTheHub_EndsTheSessionAndReachesNobody()
    {
        var (_, agent) = await MeetAsync();
        Stage.Server.Log.Expect("sent what an honest one never does");
        await agent.SignInAsync();
        using var http = new HttpClient { BaseAddress = Stage.Server.Address };
        var forger = await new ServerApi(http).CreateCustomerAsync(new CustomerTokenRequest("demo"));
        await using var hub = await CoBrowseClient.ConnectAsync(Stage.Server.Address, forger.Token).Within();
        var page = new Uri(Stage.Server.ShopAddress, "help.html").ToString();
        var session = await hub.RedeemCode(new RedeemCodeRequest(await agent.AskForCodeAsync(), page, "Help", "1"));
        await hub.Consent(new ConsentRequest(session.SessionId, true));
        await agent.SeesTextAsync("/help.html");
        await using var stranger = new ForeignListener();
        using var pages = new PageWriter();
        await hub.PublishFrames(new PublishFramesRequest(session.SessionId, pages.Keyframe(HonestLine)));
        await agent.Viewed.SeesAsync("An honest line");

        // The browser of an agent who got this would ask the stranger, whose address is none of the server's.
        var forged = pages.Write(keyframe: true, ForeignListener.PageThatAsks(stranger.Address));
        await Assert.ThrowsAsync<HubRefusalException>(() => hub.PublishFrames(new PublishFramesRequest(session.SessionId, forged)));

        await agent.SeesTextAsync("something came that the customer’s page should never send");
        Assert.Equal("", await agent.Viewed.TextAsync());
        Assert.Equal(0, stranger.Connections);
    }

    private const string HonestLine =
        """{"type":2,"id":5,"tagName":"p","attributes":{"data-copilot-show":""},"childNodes":[{"type":3,"id":6,"textContent":"An honest line"}]}""";

    private const string Later =
        """
        () => {
          const main = document.querySelector('main');
          const late = document.createElement('p');
          late.textContent = 'CanaryText';
          late.title = 'CanaryTitle';
          late.className = 'canary-class';
          late.id = 'canary-id';
          late.setAttribute('data-canary', 'CanaryValue');
          late.setAttribute('aria-label', 'CanaryTitle');
          main.append(late);
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('.canary-class::after { content: "CanaryStyle"; --canary-id: "CanaryStyle" }');
          document.adoptedStyleSheets.push(sheet);
          const shown = document.createElement('p');
          shown.setAttribute('data-copilot-show', '');
          shown.textContent = 'A region that is shown';
          main.append(shown);
        }
        """;

    /// <summary>As slowly as a person types, so that whatever was recorded of it would be sent meanwhile.</summary>
    private static async Task TypesUnsentAsync(ShopWindow customer, string number)
    {
        var sent = customer.Sent.Count("Publish");
        await customer.Page.GetByLabel("Card number").PressSequentiallyAsync(number, new() { Delay = 50 });
        Assert.Equal(sent, customer.Sent.Count("Publish"));
    }

    /// <summary>Neither in the viewer's document, nor in the console around it, nor on the wire.</summary>
    private async Task IsNowhereAsync(ConsoleWindow agent, string[] secrets)
    {
        string[] places =
        [
            await agent.Viewed.EverythingAsync(), await agent.Page.ContentAsync(), Frames.Text, JsonSerializer.Serialize(Frames.Events.PagesShown.Received),
        ];
        Assert.DoesNotContain(places, place => place.Length < 100);
        foreach (var secret in secrets)
        {
            Assert.All(places, place => Assert.DoesNotContain(secret, place, StringComparison.OrdinalIgnoreCase));
        }
    }
}
