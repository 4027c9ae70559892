using System.Collections.Concurrent;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>A server process of its own, or two nodes of which agents use the other one, and the windows of one story. Disposing it fails the story on errors of pages and warnings of the server.</summary>
internal sealed class Stage(BrowserFixture browser, ServerProcess server, ServerProcess? agentsNode = null) : IAsyncDisposable
{
    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<Window> _windows = [];
    private readonly List<ChatClient> _clients = [];
    private readonly ConcurrentQueue<string> _asked = new();

    public ServerProcess Server { get; } = server;

    public ServerProcess AgentsNode { get; } = agentsNode ?? server;

    /// <summary>The server goes on for other stories.</summary>
    public bool KeepsServer { get; init; }

    public async Task<ShopWindow> CustomerAsync(string name = "customer", BrowserNewContextOptions? options = null)
    {
        var context = await NewContextAsync(options);
        return Add(new ShopWindow(await context.NewPageAsync(), Server, name));
    }

    public async Task<ConsoleWindow> AgentAsync(string name = "agent", BrowserNewContextOptions? options = null)
    {
        var context = await NewContextAsync(options);
        return Add(new ConsoleWindow(await context.NewPageAsync(), AgentsNode, AgentsNode.PublicAddress, name));
    }

    /// <summary>An agent whose network is not the one that the story cuts.</summary>
    public async Task<ConsoleWindow> AgentBesideNetworkAsync(string name = "agent")
    {
        var context = await NewContextAsync(null);
        return Add(new ConsoleWindow(await context.NewPageAsync(), Server, Server.Address, name));
    }

    /// <summary>Another tab in the same browser profile.</summary>
    public async Task<ShopWindow> TabOfAsync(ShopWindow first, string name) =>
        Add(new ShopWindow(await first.Page.Context.NewPageAsync(), Server, name));

    /// <summary>Another tab in the same browser profile.</summary>
    public async Task<ConsoleWindow> TabOfAsync(ConsoleWindow first, string name) =>
        Add(new ConsoleWindow(await first.Page.Context.NewPageAsync(), AgentsNode, AgentsNode.PublicAddress, name));

    /// <summary>Somebody whom the story needs and nobody looks at: they speak to the server over the wire.</summary>
    public async Task<ChatClient> CustomerOnTheWireAsync()
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        return await ConnectAsync((await new ServerApi(http).CreateCustomerAsync(new CustomerTokenRequest("demo")).Within()).Token);
    }

    /// <summary>As <see cref="CustomerOnTheWireAsync"/>.</summary>
    public async Task<ChatClient> SupervisorOnTheWireAsync()
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        return await ConnectAsync((await new ServerApi(http).SignInAsync(new SignInRequest("supervisor@demo.example", "demo")).Within()).Token);
    }

    /// <summary>Browsers write every failed attempt to connect to the page's console; a story that cuts something expects that.</summary>
    public void ExpectBrokenConnections()
    {
        foreach (var window in _windows)
        {
            window.Expect("WebSocket connection to");
            window.Expect("net::ERR_");
            window.Expect("status of 503");
        }
    }

    /// <summary>For a story that failed: how its windows look now, and what the server said.</summary>
    public async Task ReportAsync(string story)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(Server.Log.Text);
        if (AgentsNode != Server)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(AgentsNode.Log.Text);
        }

        foreach (var window in _windows.Where(window => !window.Page.IsClosed))
        {
            await window.PictureAsync($"failed-{story}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }

        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        if (KeepsServer)
        {
            Server.Log.Check();
        }
        else
        {
            await Server.DisposeAsync();
        }

        if (AgentsNode != Server)
        {
            await AgentsNode.DisposeAsync();
        }

        _windows.ForEach(window => window.CheckErrors());
        Assert.Empty(_asked.Where(address => !IsOwn(address)).Distinct());
    }

    private async Task<ChatClient> ConnectAsync(string token)
    {
        var client = await ChatClient.ConnectAsync(Server.Address, token).Within();
        _clients.Add(client);
        return client;
    }

    private async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options)
    {
        options = new BrowserNewContextOptions(options ?? new()) { Locale = "en-GB" };
        var context = await browser.Chromium.NewContextAsync(options);
        context.SetDefaultTimeout(BrowserFixture.PatienceMilliseconds);
        context.Request += (_, request) => _asked.Enqueue(request.Url);
        _contexts.Add(context);
        return context;
    }

    /// <summary>No page of a story may ask anybody else for anything.</summary>
    private bool IsOwn(string address) =>
        !address.StartsWith("http", StringComparison.Ordinal)
        || new[] { Server, AgentsNode }.SelectMany(node => new[] { node.Address, node.PublicAddress, node.ShopAddress, node.ViewerAddress })
            .Any(own => address.StartsWith(own.ToString(), StringComparison.Ordinal));

    private T Add<T>(T window)
        where T : Window
    {
        _windows.Add(window);
        return window;
    }
}
