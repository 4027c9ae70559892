using System.Net;
using CoPilot.ChatServer.DemoShop;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts.Http;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.DemoShop;

public sealed class DemoShopServerTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        (server, _) => File.WriteAllText(Path.Combine(server.AssetFolder, "demo-shop", "index.html"), "<script src=\"{{CoPilotServer}}/copilot.js\"></script>"),
        ["--DemoShop:Urls=http://127.0.0.1:0"],
        "Development");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private string Shop => _server.Services.GetRequiredService<DemoShopServer>().Address!;

    [Fact]
    public async Task Pages_UnderAStrictPolicy_NameTheChatServer()
    {
        var page = await _server.Http.GetAsync(Shop + "/").Within();

        Assert.Equal($"<script src=\"{_server.Origin}/copilot.js\"></script>", await page.Content.ReadAsStringAsync().Within());
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains($"script-src 'self' {_server.Origin};", policy, StringComparison.Ordinal);
        Assert.Contains($"connect-src 'self' {_server.Origin} {_server.Origin.Replace("http", "ws", StringComparison.Ordinal)};", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customers_OfTheDemoSite_ComeFromTheShopsPages()
    {
        var response = await _server.SendAsync(HttpMethod.Post, "/api/customers", new CustomerTokenRequest("demo"), Shop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([Shop], response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("agent1@demo.example", "agent")]
    [InlineData("agent2@demo.example", "agent")]
    [InlineData("agent3@demo.example", "agent")]
    [InlineData("supervisor@demo.example", "supervisor")]
    public async Task DemoAgents_SignIn_WithEveryQueue(string email, string role)
    {
        var signIn = await RunningServer.ReadAsync<SignInResult>(await _server.SignInAsync(email, "demo"));
        var profile = await RunningServer.ReadAsync<AgentProfileResult>(await _server.SendAsync(HttpMethod.Get, "/api/agents/me", bearer: signIn.Token));

        Assert.Equal((role, 5, "demo"), (profile.Role, profile.Capacity, profile.Site));
        Assert.Equal(["gift-cards", "orders", "payments", "returns"], profile.Queues);
    }
}
