using System.Net;
using System.Net.WebSockets;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.Identity;

/// <summary>Who may open a hub, asked of an endpoint in the place of one.</summary>
public sealed class HubHandshakeTests : IAsyncLifetime
{
    private const string Probe = "/hubs/probe";
    private const string Seen = "/hubs/seen";

    private RunningServer _server = null!;
    private string _customer = "";
    private string _agent = "";

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync((_, app) =>
        {
            app.MapGet(Probe, (HttpContext context) => Caller.From(context.User).Id).RequireAuthorization();
            app.MapGet(Seen, (HttpContext context) =>
                $"{context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget} {context.Request.QueryString} {context.Request.Headers.Authorization}");
        });
        _customer = (await _server.NewCustomerAsync()).Token;
        var account = await _server.AddAgentAsync();
        _agent = (await RunningServer.ReadAsync<SignInResult>(await _server.SignInAsync(account.Email))).Token;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Customer_FromTheirSitesPage_GetsIn() => await AssertInAsync(_customer, RunningServer.ShopOrigin);

    [Fact]
    public async Task Agent_FromOurPage_GetsIn() => await AssertInAsync(_agent, _server.Origin);

    [Fact]
    public async Task Agent_FromOurPageUnderTheLoopbacksOtherName_GetsIn() =>
        await AssertInAsync(_agent, _server.Origin.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    [Fact]
    public async Task Program_WithATokenAndNoOrigin_GetsIn()
    {
        await AssertInAsync(_customer, null);
        Assert.Equal(HttpStatusCode.OK, (await _server.SendAsync(HttpMethod.Get, Probe, bearer: _agent)).StatusCode);
    }

    [Fact]
    public async Task Customer_FromAnotherPage_IsForbidden()
    {
        await AssertOutAsync(_customer, RunningServer.OtherOrigin);
        await AssertOutAsync(_customer, _server.Origin);
        await AssertOutAsync(_customer, "null");
        await AssertOutAsync(_customer, RunningServer.ShopOrigin + ":8443");
        await AssertOutAsync(_customer, RunningServer.ShopOrigin.Replace("https", "http", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Agent_FromAShopsPage_IsForbidden() => await AssertOutAsync(_agent, RunningServer.ShopOrigin);

    [Fact]
    public async Task Cookie_FromOurPage_GetsIn()
    {
        var response = await _server.SendAsync(HttpMethod.Get, Probe, origin: _server.Origin, cookie: "copilot_agent=" + _agent);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(RunningServer.ShopOrigin)]
    public async Task Cookie_FromElsewhere_IsNoSignIn(string? origin) =>
        await RunningServer.AssertProblemAsync(
            HttpStatusCode.Unauthorized,
            ErrorCodes.Forbidden,
            await _server.SendAsync(HttpMethod.Get, Probe, origin: origin, cookie: "copilot_agent=" + _agent));

    [Fact]
    public async Task CookieBesideAToken_OnASitesPage_IsTheTokensCaller()
    {
        var response = await _server.SendAsync(
            HttpMethod.Get, $"{Probe}?access_token={_customer}", origin: RunningServer.ShopOrigin, cookie: "copilot_agent=" + _agent);

        Assert.StartsWith("c_", await response.Content.ReadAsStringAsync().Within(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_WithoutAToken_GetsIn() =>
        await RunningServer.AssertProblemAsync(
            HttpStatusCode.Unauthorized, ErrorCodes.Forbidden, await _server.SendAsync(HttpMethod.Get, Probe, origin: RunningServer.ShopOrigin));

    [Fact]
    public async Task Anybody_WhileDraining_IsSentAway()
    {
        await _server.Services.GetRequiredService<DrainService>().DrainAsync(TestContext.Current.CancellationToken).Within();

        await RunningServer.AssertProblemAsync(
            HttpStatusCode.ServiceUnavailable, ErrorCodes.Unavailable, await HandshakeAsync(_customer, RunningServer.ShopOrigin));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _server.SendAsync(HttpMethod.Get, "/readyz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _server.SendAsync(HttpMethod.Get, "/healthz")).StatusCode);
    }

    [Fact]
    public async Task Hub_DoesNotSeeTheToken()
    {
        var queried = await _server.SendAsync(HttpMethod.Get, $"{Seen}?one=1&access_token={_customer}&two=%26", origin: RunningServer.ShopOrigin);
        var bearer = await _server.SendAsync(HttpMethod.Get, $"{Seen}?one=1", bearer: _customer);

        Assert.Equal($"{Seen}?one=1&two=%26 ?one=1&two=%26 ", await queried.Content.ReadAsStringAsync().Within());
        Assert.Equal($"{Seen}?one=1 ?one=1 ", await bearer.Content.ReadAsStringAsync().Within());
    }

    /// <summary>The probe says who may; this says that the hubs themselves stand behind it.</summary>
    [Theory]
    [InlineData(HubPaths.Chat, true, RunningServer.ShopOrigin, HttpStatusCode.SwitchingProtocols)]
    [InlineData(HubPaths.Chat, true, RunningServer.OtherOrigin, HttpStatusCode.Forbidden)]
    [InlineData(HubPaths.Chat, false, RunningServer.ShopOrigin, HttpStatusCode.Unauthorized)]
    [InlineData(HubPaths.CoBrowse, true, RunningServer.ShopOrigin, HttpStatusCode.SwitchingProtocols)]
    [InlineData(HubPaths.CoBrowse, true, RunningServer.OtherOrigin, HttpStatusCode.Forbidden)]
    [InlineData(HubPaths.CoBrowse, false, RunningServer.ShopOrigin, HttpStatusCode.Unauthorized)]
    public async Task WebSocket_ToAHub_OpensForWhomItMay(string hub, bool hasToken, string origin, HttpStatusCode answer)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", origin);
        var address = new UriBuilder(_server.Address) { Scheme = "ws", Path = hub, Query = hasToken ? "access_token=" + _customer : "" };

        var connecting = socket.ConnectAsync(address.Uri, CancellationToken.None).Within();

        await (answer == HttpStatusCode.SwitchingProtocols ? connecting : Assert.ThrowsAsync<WebSocketException>(() => connecting));
        Assert.Equal(answer, socket.HttpStatusCode);
    }

    private Task<HttpResponseMessage> HandshakeAsync(string token, string? origin) =>
        _server.SendAsync(HttpMethod.Get, $"{Probe}?access_token={token}", origin: origin);

    private async Task AssertInAsync(string token, string? origin) =>
        Assert.Equal(HttpStatusCode.OK, (await HandshakeAsync(token, origin)).StatusCode);

    private async Task AssertOutAsync(string token, string origin) =>
        await RunningServer.AssertProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.Forbidden, await HandshakeAsync(token, origin));
}
