using System.Net;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Identity;

public sealed class AgentEndpointsTests : IAsyncLifetime
{
    private const string OutsideOrigin = "https://evil.example";

    private RunningServer _server = null!;
    private Account _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _ada = await _server.AddAgentAsync(role: Roles.Supervisor);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task SignIn_RightPassword_GivesTokenAndStrictCookie()
    {
        var response = await _server.SignInAsync("ADA@shop.example");

        var result = await RunningServer.ReadAsync<SignInResult>(response);
        Assert.Equal((_ada.AgentId, "ada", Roles.Supervisor), (result.AgentId, result.Name, result.Role));
        Assert.Equal(_server.Clock.GetUtcNow() + TimeSpan.FromHours(12), result.ExpiresAt);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie")).ToLowerInvariant();
        Assert.StartsWith("copilot_agent=" + result.Token.ToLowerInvariant(), cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("; secure", cookie, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task SignIn_FailingInAnyWay_IsAnsweredAlike()
    {
        await _server.AddAgentAsync("eve");
        await _server.Accounts.DisableAsync("eve@shop.example").Within();
        var answers = new HashSet<string>();
        foreach (var (email, password) in new[]
        {
            ("ada@shop.example", "wrong"), ("nobody@shop.example", RunningServer.Password), ("eve@shop.example", RunningServer.Password),
            ("", ""), ("ada@shop.example", new string('x', 5_000)),
        })
        {
            var response = await _server.SignInAsync(email, password);
            await RunningServer.AssertProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Invalid, response);
            Assert.False(response.Headers.Contains("Set-Cookie"));
            answers.Add(await response.Content.ReadAsStringAsync().Within());
        }

        Assert.Single(answers);
    }

    [Fact]
    public async Task SignIn_AfterFiveFailures_IsLockedForAWhile()
    {
        for (var i = 0; i < SignInService.FailureLimit; i++)
        {
            await RunningServer.AssertProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Invalid, await _server.SignInAsync(_ada.Email, "wrong"));
        }

        await RunningServer.AssertProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Invalid, await _server.SignInAsync(_ada.Email));
        _server.Clock.Advance(SignInService.LockTime);
        Assert.Equal(HttpStatusCode.OK, (await _server.SignInAsync(_ada.Email)).StatusCode);
    }

    [Fact]
    public async Task SignIn_SuccessInBetween_CountsFailuresAnew()
    {
        for (var i = 0; i < 2 * (SignInService.FailureLimit - 1); i++)
        {
            await _server.SignInAsync(_ada.Email, "wrong");
            if (i == SignInService.FailureLimit - 2)
            {
                await _server.SignInAsync(_ada.Email);
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await _server.SignInAsync(_ada.Email)).StatusCode);
    }

    [Fact]
    public async Task SignIn_FromAForeignPage_IsForbidden()
    {
        await RunningServer.AssertProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.Forbidden, await _server.SignInAsync(_ada.Email, origin: OutsideOrigin));
        await RunningServer.AssertProblemAsync(
            HttpStatusCode.Forbidden, ErrorCodes.Forbidden, await _server.SignInAsync(_ada.Email, origin: RunningServer.ShopOrigin));
    }

    [Fact]
    public async Task SignIn_TooOftenFromOneAddress_IsRateLimited()
    {
        await using var server = await RunningServer.StartAsync(settings: ["--RateLimits:SignInsPerMinute=2"]);
        await server.SignInAsync("", "");
        await server.SignInAsync("", "");

        var response = await server.SignInAsync("", "");

        await RunningServer.AssertProblemAsync(HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited, response);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Matches(@"retry_after_ms=\d+""", await response.Content.ReadAsStringAsync().Within());
    }

    [Fact]
    public async Task SignIn_ThroughAProxyThatEndsTls_MakesTheCookieSecure()
    {
        await using var server = await RunningServer.StartAsync(settings: ["--PublicOrigins=https://chat.shop.example"]);
        await server.AddAgentAsync();

        var response = await server.SignInAsync("ada@shop.example", origin: "https://chat.shop.example");

        Assert.Contains("; secure", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Me_ByBearerOrCookie_SaysWhoIAm()
    {
        var (token, cookie) = await SignInAsync();

        var byBearer = await RunningServer.ReadAsync<AgentProfileResult>(await _server.SendAsync(HttpMethod.Get, "/api/agents/me", bearer: token));
        var byCookie = await RunningServer.ReadAsync<AgentProfileResult>(await _server.SendAsync(HttpMethod.Get, "/api/agents/me", cookie: cookie));

        Assert.Equal((_ada.AgentId, _ada.Email, RunningServer.Site, 3), (byBearer.AgentId, byBearer.Email, byBearer.Site, byBearer.Capacity));
        Assert.Equal(["orders"], byBearer.Queues);
        Assert.Equal(byBearer with { Queues = [] }, byCookie with { Queues = [] });
    }

    [Fact]
    public async Task Me_WithoutOrWithAStrangersToken_IsRefused()
    {
        var customer = await _server.NewCustomerAsync();

        await RunningServer.AssertProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Forbidden, await MeAsync(null));
        await RunningServer.AssertProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Forbidden, await MeAsync("x.y.z"));
        await RunningServer.AssertProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.Forbidden, await MeAsync(customer.Token));
    }

    [Fact]
    public async Task Me_TokenInTheQuery_IsNotRead()
    {
        var (token, _) = await SignInAsync();

        await RunningServer.AssertProblemAsync(
            HttpStatusCode.Unauthorized, ErrorCodes.Forbidden, await _server.SendAsync(HttpMethod.Get, "/api/agents/me?access_token=" + token));
    }

    [Fact]
    public async Task Me_AfterTheAccountWasDisabled_IsRefusedFromTheNextCallOn()
    {
        var (token, _) = await SignInAsync();
        await _server.Accounts.DisableAsync(_ada.Email).Within();

        await RunningServer.AssertProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Forbidden, await MeAsync(token));
    }

    [Fact]
    public async Task Me_AfterTwelveHours_IsRefused()
    {
        var (token, _) = await SignInAsync();
        _server.Clock.Advance(TokenService.AgentLifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await MeAsync(token)).StatusCode);
        _server.Clock.Advance(TimeSpan.FromSeconds(1));

        await RunningServer.AssertProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Forbidden, await MeAsync(token));
    }

    [Fact]
    public async Task Renew_ByCookieFromOurPage_LastsTwelveHoursFromNow()
    {
        var (_, cookie) = await SignInAsync();
        _server.Clock.Advance(TimeSpan.FromHours(11));

        var response = await _server.SendAsync(HttpMethod.Post, "/api/agents/renew", origin: _server.Origin, cookie: cookie);

        var renewed = await RunningServer.ReadAsync<SignInResult>(response);
        Assert.Equal(_server.Clock.GetUtcNow() + TokenService.AgentLifetime, renewed.ExpiresAt);
        Assert.Contains(renewed.Token, Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(OutsideOrigin)]
    [InlineData(RunningServer.ShopOrigin)]
    public async Task Renew_ByCookieFromElsewhere_IsRefused(string? origin)
    {
        var (_, cookie) = await SignInAsync();

        await RunningServer.AssertProblemAsync(
            HttpStatusCode.Unauthorized,
            ErrorCodes.Forbidden,
            await _server.SendAsync(HttpMethod.Post, "/api/agents/renew", origin: origin, cookie: cookie));
    }

    [Fact]
    public async Task Me_CustomersTokenAsCookie_IsRefused()
    {
        var customer = await _server.NewCustomerAsync();

        var response = await _server.SendAsync(HttpMethod.Get, "/api/agents/me", cookie: "copilot_agent=" + customer.Token);

        await RunningServer.AssertProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Forbidden, response);
    }

    [Fact]
    public async Task SignOut_ByCookie_RemovesIt()
    {
        var (_, cookie) = await SignInAsync();

        var response = await _server.SendAsync(HttpMethod.Post, "/api/agents/sign-out", origin: _server.Origin, cookie: cookie);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.StartsWith("copilot_agent=; expires=Thu, 01 Jan 1970", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    private async Task<(string Token, string Cookie)> SignInAsync()
    {
        var result = await RunningServer.ReadAsync<SignInResult>(await _server.SignInAsync(_ada.Email));
        return (result.Token, "copilot_agent=" + result.Token);
    }

    private Task<HttpResponseMessage> MeAsync(string? bearer) => _server.SendAsync(HttpMethod.Get, "/api/agents/me", bearer: bearer);
}
