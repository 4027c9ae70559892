using System.Net;
using System.Text;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CoPilot.ChatServer.Tests.Identity;

public sealed class CustomerEndpointsTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private Dictionary<string, object>? _attributes;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Post_KnownSite_GivesAnAnonymousCustomerATokenForADay()
    {
        var first = await _server.NewCustomerAsync();
        var second = await _server.NewCustomerAsync();

        Assert.NotEqual(first.CustomerId, second.CustomerId);
        Assert.False(first.Verified);
        Assert.Equal(_server.Clock.GetUtcNow() + TimeSpan.FromHours(24), first.ExpiresAt);
        var caller = (await ReadTokenAsync(first.Token))!;
        Assert.Equal((first.CustomerId, Roles.Customer, RunningServer.Site, false), (caller.Id, caller.Role, caller.SiteId, caller.IsVerified));
    }

    [Fact]
    public async Task Post_UnknownSite_IsNotFound() =>
        await RunningServer.AssertProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, await PostAsync(new("nowhere")));

    [Theory]
    [InlineData("{}", HttpStatusCode.NotFound, ErrorCodes.NotFound)]
    [InlineData("{", HttpStatusCode.BadRequest, ErrorCodes.Invalid)]
    [InlineData("null", HttpStatusCode.BadRequest, ErrorCodes.Invalid)]
    [InlineData("{\"site\":7}", HttpStatusCode.BadRequest, ErrorCodes.Invalid)]
    [InlineData("{\"site\":\"shop\",\"locale\":\"<script>\"}", HttpStatusCode.BadRequest, ErrorCodes.Invalid)]
    public async Task Post_MalformedBody_IsAProblem(string body, HttpStatusCode status, string code)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        await RunningServer.AssertProblemAsync(status, code, await _server.Http.PostAsync("/api/customers", content).Within());
    }

    [Fact]
    public async Task Post_BodyBeyondTheLimit_IsTooLarge()
    {
        var response = await PostAsync(new(RunningServer.Site, new string('x', 64 * 1024)));

        await RunningServer.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCodes.TooLarge, response);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(31 * 24 - 1)]
    public async Task Post_WithTheOldToken_RenewsTheSameCustomer(int hoursLater)
    {
        var old = await _server.NewCustomerAsync();
        _server.Clock.Advance(TimeSpan.FromHours(hoursLater));

        var renewed = await RunningServer.ReadAsync<CustomerTokenResult>(await PostAsync(new(RunningServer.Site), old.Token));

        Assert.Equal(old.CustomerId, renewed.CustomerId);
        Assert.Equal(_server.Clock.GetUtcNow() + TimeSpan.FromHours(24), renewed.ExpiresAt);
    }

    [Fact]
    public async Task Post_WithATokenExpiredForMoreThanAMonth_IsInvalid()
    {
        var old = await _server.NewCustomerAsync();
        _server.Clock.Advance(TimeSpan.FromDays(31));

        await RunningServer.AssertProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.Invalid, await PostAsync(new(RunningServer.Site), old.Token));
    }

    [Fact]
    public async Task Post_WithATokenOfAnotherSiteOrAnAgent_IsInvalid()
    {
        var elsewhere = await _server.NewCustomerAsync(RunningServer.OtherSite);
        var agent = await _server.AddAgentAsync();
        var agentToken = await RunningServer.ReadAsync<SignInResult>(await _server.SignInAsync(agent.Email));

        foreach (var token in (string[])[elsewhere.Token, agentToken.Token, elsewhere.Token + "x", "x"])
        {
            await RunningServer.AssertProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.Invalid, await PostAsync(new(RunningServer.Site), token));
        }
    }

    [Fact]
    public async Task Post_WithTheShopsToken_GivesTheSameVerifiedCustomerEverywhere()
    {
        var first = await RunningServer.ReadAsync<CustomerTokenResult>(await PostAsync(new(RunningServer.Site, ShopToken(name: "Ada Lovelace"))));
        var again = await RunningServer.ReadAsync<CustomerTokenResult>(await PostAsync(new(RunningServer.Site, ShopToken())));
        var other = await RunningServer.ReadAsync<CustomerTokenResult>(await PostAsync(new(RunningServer.Site, ShopToken(subject: "customer-8"))));
        var elsewhere = await RunningServer.ReadAsync<CustomerTokenResult>(
            await PostAsync(new(RunningServer.OtherSite, ShopToken(audience: RunningServer.OtherSite))));

        Assert.True(first.Verified);
        Assert.Equal(first.CustomerId, again.CustomerId);
        Assert.Equal(3, new[] { first.CustomerId, other.CustomerId, elsewhere.CustomerId }.Distinct().Count());
        var caller = (await ReadTokenAsync(first.Token))!;
        Assert.Equal(("Ada Lovelace", "ada@mail.example", true), (caller.Name, caller.Email, caller.IsVerified));
        Assert.DoesNotContain("customer-7", first.CustomerId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithAttributesThatTheShopSigned_KeepsThemInTheToken()
    {
        _attributes = new Dictionary<string, object> { ["tier"] = "gold", ["orders"] = 12, ["vip"] = true, ["list"] = new[] { "a" } };
        var issued = await RunningServer.ReadAsync<CustomerTokenResult>(await PostAsync(new(RunningServer.Site, ShopToken())));
        var renewed = await RunningServer.ReadAsync<CustomerTokenResult>(await PostAsync(new(RunningServer.Site), issued.Token));

        var expected = new Dictionary<string, string> { ["tier"] = "gold", ["orders"] = "12", ["vip"] = "true" };
        Assert.Equal(expected, (await ReadTokenAsync(issued.Token))!.Attributes);
        Assert.Equal(expected, (await ReadTokenAsync(renewed.Token))!.Attributes);
        Assert.Empty((await ReadTokenAsync((await _server.NewCustomerAsync()).Token))!.Attributes);
    }

    [Fact]
    public async Task Post_WithTooManyOrTooLongAttributes_IsInvalid()
    {
        foreach (var attributes in (Dictionary<string, object>[])
        [
            new() { ["tier"] = new string('x', 101) },
            new() { [new string('x', 51)] = "gold" },
            Enumerable.Range(0, 11).ToDictionary(i => $"a{i}", i => (object)i),
        ])
        {
            _attributes = attributes;
            await RunningServer.AssertProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.Invalid, await PostAsync(new(RunningServer.Site, ShopToken())));
        }
    }

    [Fact]
    public async Task Post_ExpiredVerifiedToken_NeedsTheShopAgain()
    {
        var verified = await RunningServer.ReadAsync<CustomerTokenResult>(await PostAsync(new(RunningServer.Site, ShopToken())));
        _server.Clock.Advance(TimeSpan.FromHours(25));

        await RunningServer.AssertProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.Invalid, await PostAsync(new(RunningServer.Site), verified.Token));
    }

    [Fact]
    public async Task Post_IdentityTokenThatDoesNotHold_IsInvalid()
    {
        var own = await _server.NewCustomerAsync();
        var unsigned = "eyJhbGciOiJub25lIn0." + ShopToken().Split('.')[1] + ".";
        string[] refused =
        [
            ShopToken(audience: RunningServer.OtherSite),
            ShopToken(audience: null),
            ShopToken(expiresIn: TimeSpan.FromMinutes(-2)),
            ShopToken(expiresIn: null),
            ShopToken(subject: null),
            ShopToken(subject: ""),
            ShopToken(subject: new string('x', 201)),
            ShopToken(name: new string('x', 101)),
            ShopToken(key: new byte[32]),
            ShopToken(algorithm: SecurityAlgorithms.HmacSha512, key: [.. Key, .. Key]),
            unsigned,
            unsigned + ShopToken().Split('.')[2],
            own.Token,
            "",
            "a.b.c",
        ];

        foreach (var token in refused)
        {
            await RunningServer.AssertProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.Invalid, await PostAsync(new(RunningServer.Site, token)));
        }
    }

    [Fact]
    public async Task Preflight_FromASitesPage_IsAllowedWithoutCredentials()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/customers");
        request.Headers.Add("Origin", RunningServer.ShopOrigin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");

        var response = await _server.Http.SendAsync(request).Within();

        Assert.Equal([RunningServer.ShopOrigin], response.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData(RunningServer.OtherOrigin)]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task Post_FromAPageOfAnotherSite_IsForbidden(string origin) =>
        await RunningServer.AssertProblemAsync(
            HttpStatusCode.Forbidden, ErrorCodes.Forbidden, await _server.SendAsync(HttpMethod.Post, "/api/customers", new CustomerTokenRequest(RunningServer.Site), origin));

    [Fact]
    public async Task Post_FromTheSitesPage_IsReadableThere()
    {
        var response = await _server.SendAsync(HttpMethod.Post, "/api/customers", new CustomerTokenRequest(RunningServer.Site), RunningServer.ShopOrigin);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([RunningServer.ShopOrigin], response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    private static byte[] Key => Convert.FromBase64String(RunningServer.IdentityKey);

    private string ShopToken(
        string? subject = "customer-7",
        string name = "Ada",
        string? audience = RunningServer.Site,
        byte[]? key = null,
        string algorithm = SecurityAlgorithms.HmacSha256) =>
        ShopToken(TimeSpan.FromMinutes(5), subject, name, audience, key, algorithm);

    private string ShopToken(
        TimeSpan? expiresIn,
        string? subject = "customer-7",
        string name = "Ada",
        string? audience = RunningServer.Site,
        byte[]? key = null,
        string algorithm = SecurityAlgorithms.HmacSha256)
    {
        var claims = new Dictionary<string, object> { ["name"] = name, ["email"] = "ada@mail.example" };
        if (subject is not null)
        {
            claims["sub"] = subject;
        }

        if (_attributes is not null)
        {
            claims["attributes"] = _attributes;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            Audience = audience,
            Expires = (_server.Clock.GetUtcNow() + expiresIn)?.UtcDateTime,
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(key ?? Key), algorithm),
        });
    }

    private Task<Caller?> ReadTokenAsync(string token) => _server.Services.GetRequiredService<TokenService>().ReadAsync(token).Within();

    private Task<HttpResponseMessage> PostAsync(CustomerTokenRequest request, string? bearer = null) =>
        _server.SendAsync(HttpMethod.Post, "/api/customers", request, bearer: bearer);
}
