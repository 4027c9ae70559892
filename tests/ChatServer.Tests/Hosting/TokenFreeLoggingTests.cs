using System.Net;
using CoPilot.ChatServer.Identity;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CoPilot.ChatServer.Tests.Hosting;

public sealed class TokenFreeLoggingTests
{
    [Theory]
    [InlineData("--Logging:LogLevel:Default=Information", "--Logging:LogLevel:Microsoft=Information")]
    [InlineData("--Logging:LogLevel:Default=Debug", "--Logging:LogLevel:Microsoft=Debug")]
    [InlineData("--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace")]
    [InlineData("--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Debug", "--Logging:LogLevel:Microsoft=Debug")]
    [InlineData("--Logging:CoPilot.TestKit.LogWatcher:LogLevel:Default=Trace")]
    public async Task Log_AtAnyLevel_HoldsNoToken(params string[] levels)
    {
        await using var server = await RunningServer.StartAsync(
            (_, app) => app.MapGet("/hubs/probe", (HttpContext context) => Caller.From(context.User).Id).RequireAuthorization(),
            levels);
        var customer = await server.NewCustomerAsync();
        var account = await server.AddAgentAsync();
        var signIn = await RunningServer.ReadAsync<SignInResult>(await server.SignInAsync(account.Email));

        // Every way that a token travels, taken and refused.
        string[] tokens = [customer.Token, signIn.Token, RunningServer.Password];
        foreach (var token in tokens)
        {
            await server.SendAsync(HttpMethod.Get, "/hubs/probe?access_token=" + token);
            await server.SendAsync(HttpMethod.Get, "/hubs/probe?access_token=" + token, origin: "https://evil.example");
            await server.SendAsync(HttpMethod.Get, "/api/agents/me", bearer: token);
            await server.SendAsync(HttpMethod.Get, "/api/agents/me", cookie: "copilot_agent=" + token.Replace(' ', '-'));
            await server.SendAsync(HttpMethod.Post, "/api/customers", new CustomerTokenRequest(RunningServer.Site, token), bearer: token);
        }

        await using (var client = await ChatClient.ConnectAsync(server.Address, customer.Token, new(TokenInAddress: true)).Within())
        {
            await client.MyContacts(new MyContactsRequest()).Within();
        }

        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/hubs/probe?access_token=" + customer.Token)).StatusCode);
        Assert.Contains(server.Log.Lines, line => line.Category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        foreach (var line in server.Log.Lines)
        {
            Assert.DoesNotContain("access_token", line.Text, StringComparison.Ordinal);
            Assert.All(tokens, token => Assert.DoesNotContain(token, line.Text, StringComparison.Ordinal));
        }
    }
}
