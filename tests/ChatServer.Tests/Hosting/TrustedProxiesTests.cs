using System.Net;
using System.Net.Http.Json;
using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Hosting;

/// <summary>The test calls from 127.0.0.1, so that is where the proxy is. Whose bucket a call takes from shows whom the server sees.</summary>
public sealed class TrustedProxiesTests
{
    private const string OneSignInEach = "--RateLimits:SignInsPerMinute=1";

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.9.9.9;127.0.0.0/8")]
    public async Task SignIn_ThroughATrustedProxy_CountsForTheForwardedAddress(string trusted)
    {
        await using var server = await RunningServer.StartAsync(settings: [OneSignInEach, $"--Proxy:TrustedNetworks={trusted}"]);

        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(server, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(server, "203.0.113.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignInAsync(server, "203.0.113.1"));
    }

    [Fact]
    public async Task SignIn_ThroughTwoTrustedProxies_CountsForTheFirstThatIsNone()
    {
        await using var server = await RunningServer.StartAsync(settings: [OneSignInEach, "--Proxy:TrustedNetworks=127.0.0.1;10.0.0.0/8"]);

        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(server, "198.51.100.7, 203.0.113.1, 10.1.2.3"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignInAsync(server, "198.51.100.8, 203.0.113.1, 10.1.2.4"));
    }

    [Theory]
    [InlineData]
    [InlineData("--Proxy:TrustedNetworks=10.0.0.5")]
    public async Task SignIn_FromSomebodyElse_CountsForTheirOwnAddress(params string[] settings)
    {
        await using var server = await RunningServer.StartAsync(settings: [OneSignInEach, .. settings]);

        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(server, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignInAsync(server, "203.0.113.2"));
    }

    [Fact]
    public async Task SignIn_ThroughATrustedProxyThatEndsTls_MakesTheCookieSecure()
    {
        await using var server = await RunningServer.StartAsync(settings: ["--Proxy:TrustedNetworks=127.0.0.1"]);
        await server.AddAgentAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/agents/sign-in");
        request.Content = JsonContent.Create(new SignInRequest("ada@shop.example", RunningServer.Password), WireJson.Default.SignInRequest);
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await server.Http.SendAsync(request).Within();

        Assert.Contains("; secure", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> SignInAsync(RunningServer server, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/agents/sign-in");
        request.Content = JsonContent.Create(new SignInRequest("nobody@shop.example", "wrong"), WireJson.Default.SignInRequest);
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var response = await server.Http.SendAsync(request).Within();
        return response.StatusCode;
    }
}
