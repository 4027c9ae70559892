using CoPilot.EndToEnd.Browser.CoBrowsing;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>With an agent who follows along. Its stories look into shadow roots that are closed, see <see cref="PageSpy"/>.</summary>
internal sealed partial class ShopWindow
{
    private const string SessionId = "() => JSON.parse(sessionStorage.getItem('copilot:demo:co-pilot') ?? '{}').sessionId ?? ''";

    private const string Token = "() => JSON.parse(sessionStorage.getItem('copilot:demo:co-pilot')).resumeToken";

    public ILocator Question => Page.GetByRole(AriaRole.Dialog, new() { Name = "follow along?" });

    public ILocator CoPilotBar => Page.GetByRole(AriaRole.Region, new() { Name = "Co-Pilot" });

    public ILocator AgentsPointer => Page.Locator(".guidance .pointer");

    public ILocator AgentsRing => Page.Locator(".guidance .ring");

    public SentMessages Sent { get; }

    public async Task GoToAsync(string page) => await Page.GotoAsync(new Uri(Server.ShopAddress, page).ToString());

    public async Task TypeCodeAsync(string code)
    {
        await GoToAsync("copilot.html");
        await Page.GetByLabel("Co-Pilot code").FillAsync(code);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await SeesAsync(Question);
    }

    public Task SeesQuestionAsync() => SeesAsync(Question);

    public async Task AgreeAsync()
    {
        // Waits until the button is armed.
        await Question.GetByRole(AriaRole.Button, new() { Name = "Agree" }).ClickAsync();
        await SeesAsync(CoPilotBar);
    }

    public async Task BarSaysAsync(string text) => await Assertions.Expect(CoPilotBar.Locator(".status")).ToContainTextAsync(text);

    public async Task BarAsksAsync(string text) => await Assertions.Expect(CoPilotBar.Locator(".asked")).ToContainTextAsync(text);

    public async Task PressInBarAsync(string button) => await CoPilotBar.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    /// <summary>What the tab would come back with; the server must keep it out of its log.</summary>
    public async Task KeepTokenAsync() => Server.Log.MustNotContain(await Page.EvaluateAsync<string>(Token));

    public Task<string> SessionIdAsync() => Page.EvaluateAsync<string>(SessionId);
}
