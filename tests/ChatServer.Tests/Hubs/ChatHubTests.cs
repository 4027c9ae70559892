using CoPilot.ChatServer.Hubs;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.Realtime.Sqlite;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.Hubs;

/// <summary>What the hub adds to the use cases: who calls, how failures are answered, and who is cut off.</summary>
public sealed class ChatHubTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        settings: ["--HubRates:ConnectionBurst=5", "--HubRates:ConnectionCallsPerSecond=1"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Call_WithoutARequest_IsInvalid()
    {
        await using var customer = await ConnectCustomerAsync();
        var refusal = await Assert.ThrowsAsync<HubRefusalException>(() => customer.Join(null!).Within());
        Assert.Equal(ErrorCodes.Invalid, refusal.Code);
    }

    [Fact]
    public async Task Calls_BeyondTheConnectionsBucket_AreRateLimitedAndSayForHowLong()
    {
        await using var customer = await ConnectCustomerAsync();
        for (var i = 0; i < 5; i++)
        {
            await customer.MyContacts(new MyContactsRequest()).Within();
        }

        var refusal = await Assert.ThrowsAsync<HubRefusalException>(() => customer.MyContacts(new MyContactsRequest()).Within());
        Assert.Equal(ErrorCodes.RateLimited, refusal.Code);
        Assert.InRange(refusal.RetryAfter!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Calls_OfAnotherConnection_HaveABucketOfTheirOwn()
    {
        var token = (await _server.NewCustomerAsync()).Token;
        await using var first = await ChatClient.ConnectAsync(_server.Http.BaseAddress!, token).Within();
        for (var i = 0; i < 5; i++)
        {
            await first.MyContacts(new MyContactsRequest()).Within();
        }

        await using var second = await ChatClient.ConnectAsync(_server.Http.BaseAddress!, token).Within();
        Assert.Empty((await second.MyContacts(new MyContactsRequest()).Within()).Contacts);
    }

    [Fact]
    public async Task Call_WhileTheStoreIsOutOfReach_IsUnavailableAndLoggedWithoutItsText()
    {
        await using var customer = await ConnectCustomerAsync();
        _server.Log.Expect("could not reach its store");
        await _server.Services.GetRequiredService<SqliteDatabase>().DisposeAsync();

        var refusal = await Assert.ThrowsAsync<HubRefusalException>(
            () => customer.StartChat(new StartChatRequest("r1", "orders", Text: "my secret words")).Within());

        Assert.Equal(ErrorCodes.Unavailable, refusal.Code);
        Assert.Contains(_server.Log.Lines, line => line.Text.Contains("StartChat could not reach its store", StringComparison.Ordinal));
        Assert.DoesNotContain(_server.Log.Lines, line => line.Text.Contains("secret words", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Agent_DisabledWhileConnected_IsCutOffAndNotLetInAgain()
    {
        var account = await _server.AddAgentAsync();
        var token = (await RunningServer.ReadAsync<SignInResult>(await _server.SignInAsync(account.Email))).Token;
        await using var agent = await ChatClient.ConnectAsync(_server.Http.BaseAddress!, token).Within();
        await using var colleague = await ConnectAgentAsync("grace");

        Assert.True(await _server.Accounts.DisableAsync(account.Email).Within());
        _server.Clock.Advance(DisabledAgents.LookEvery);

        await agent.Closed.Within();
        await Assert.ThrowsAnyAsync<Exception>(() => ChatClient.ConnectAsync(_server.Http.BaseAddress!, token).Within());
        Assert.Equal(AgentStatuses.Available, (await colleague.SetStatus(new SetStatusRequest(AgentStatuses.Available)).Within()).Status);
    }

    private async Task<ChatClient> ConnectCustomerAsync() =>
        await ChatClient.ConnectAsync(_server.Http.BaseAddress!, (await _server.NewCustomerAsync()).Token).Within();

    private async Task<ChatClient> ConnectAgentAsync(string name)
    {
        var account = await _server.AddAgentAsync(name);
        var token = (await RunningServer.ReadAsync<SignInResult>(await _server.SignInAsync(account.Email))).Token;
        return await ChatClient.ConnectAsync(_server.Http.BaseAddress!, token).Within();
    }
}
