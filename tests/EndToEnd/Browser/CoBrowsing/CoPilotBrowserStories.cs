using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser.CoBrowsing;

/// <summary>Stories of a customer and an agent with Co-Pilot, in two browser windows, and what the server passes on between them.</summary>
public abstract class CoPilotBrowserStories(BrowserFixture browser, CoPilotServer server) : BrowserStories(browser)
{
    private WatchedFrames? _frames;

    /// <summary>What the agent is sent in this story; from consent on.</summary>
    private protected WatchedFrames Frames => _frames!;

    private protected Stage Stage { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_frames is not null)
        {
            await _frames.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    /// <summary>A customer and an agent in the middle of a session, on the page of the demo shop that is named.</summary>
    private protected async Task<(ShopWindow Customer, ConsoleWindow Agent)> LiveAsync(string page = "index.html", BrowserNewContextOptions? customersDevice = null)
    {
        var (customer, agent) = await MeetAsync(customersDevice);
        await agent.SignInAsync();
        await customer.TypeCodeAsync(await agent.AskForCodeAsync());
        await customer.AgreeAsync();
        await customer.KeepTokenAsync();
        await WatchAsync(customer);
        await customer.GoToAsync(page);
        return (customer, agent);
    }

    /// <summary>A customer and an agent who do nothing yet.</summary>
    private protected async Task<(ShopWindow Customer, ConsoleWindow Agent)> MeetAsync(BrowserNewContextOptions? customersDevice = null)
    {
        Stage = OpenOn(server.Process);
        var customer = await Stage.CustomerAsync(options: customersDevice);
        await PageSpy.WatchAsync(customer.Page.Context);
        return (customer, await Stage.AgentAsync());
    }

    /// <summary>A line of the shop's that agents may read, and which has reached them.</summary>
    private protected async Task ShowLineAsync(ShopWindow customer, string text)
    {
        await customer.Page.EvaluateAsync(
            "text => { const line = document.createElement('p'); line.textContent = text; line.dataset.copilotShow = ''; (document.querySelector('main') ?? document.body).append(line); }", text);
        await Frames.HoldAsync(text);
    }

    /// <summary>One more connection of the agent who watches: it is sent what the console is sent.</summary>
    private protected async Task WatchAsync(ShopWindow customer)
    {
        using var http = new HttpClient { BaseAddress = server.Process.Address };
        var agent = await new ServerApi(http).SignInAsync(new SignInRequest("agent1@demo.example", "demo"));
        _frames = await WatchedFrames.OpenAsync(server.Process.Address, agent.Token, await customer.SessionIdAsync()).Within();
    }
}
