using CoPilot.EndToEnd.Browser.CoBrowsing;
using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>A customer on the demo shop's help page.</summary>
internal sealed partial class ShopWindow : Window
{
    public ShopWindow(IPage page, ServerProcess server, string name)
        : base(page, server, name)
    {
        Listen();
        Sent = new SentMessages(page);
    }

    public ILocator Launcher => Page.Locator("#copilot-chat button.launcher");

    public ILocator Panel => Page.GetByRole(AriaRole.Dialog, new() { Name = "Chat" });

    public ILocator Log => Panel.GetByRole(AriaRole.Log);

    public ILocator Composer => Panel.GetByRole(AriaRole.Textbox, new() { Name = "Message", Exact = true });

    /// <summary>Where the chat stands: place in line, or the agent's name.</summary>
    public ILocator Status => Panel.Locator(".status-text");

    public ILocator Lost => Panel.GetByText("No connection. Trying again…");

    public async Task OpenShopAsync() => await Page.GotoAsync(new Uri(Server.ShopAddress, "help.html").ToString());

    public async Task OpenChatAsync()
    {
        await OpenShopAsync();
        await Launcher.ClickAsync();
        await SeesAsync(Panel);
    }

    public async Task StartChatAsync(string text, string topic = "Orders and delivery", string? name = null)
    {
        await OpenChatAsync();
        await BeginAsync(text, topic, name);
    }

    /// <summary>With the topics in view.</summary>
    public async Task BeginAsync(string text, string topic = "Orders and delivery", string? name = null)
    {
        await Panel.GetByRole(AriaRole.Button, new() { Name = topic }).ClickAsync();
        if (name is not null)
        {
            await Panel.GetByLabel("Your name").FillAsync(name);
        }

        Server.Log.MustNotContain(text);
        await Panel.GetByLabel("What is it about?").FillAsync(text);
        await Panel.GetByRole(AriaRole.Button, new() { Name = "Start chat" }).ClickAsync();
        await HearsAsync(text);
    }

    public Task SayAsync(string text) => WriteAsync(Composer, text);

    public Task HearsAsync(string text) => SeesAsync(Log.Locator(".message .text").GetByText(text, new() { Exact = true }));

    public Task SeesEventAsync(string text) => SeesAsync(Log.Locator(".event").GetByText(text));

    public async Task SeesStatusAsync(string text) => await Assertions.Expect(Status).ToHaveTextAsync(text);

    /// <summary>What was said, in the order shown.</summary>
    public Task<IReadOnlyList<string>> ReadAsync() => Log.Locator(".message .text").AllInnerTextsAsync();

    public async Task EndAsync()
    {
        await Panel.Locator(".strip").GetByRole(AriaRole.Button, new() { Name = "End chat" }).ClickAsync();
        await Panel.GetByRole(AriaRole.Group).GetByRole(AriaRole.Button, new() { Name = "End chat" }).ClickAsync();
        await SeesStatusAsync("This chat has ended");
    }
}
