using CoPilot.ChatServer.Hubs;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.CoBrowse.Hubs;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.Realtime;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Tests.CoPilot;

/// <summary>How the host runs Co-Pilot's hub.</summary>
public sealed class CoBrowseHubTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        settings: ["--HubRates:ConnectionStreamBurst=7", "--HubRates:ConnectionStreamCallsPerSecond=1"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Calls_OfOneConnection_RunOneAfterTheOther()
    {
        // The relay takes frames in the order in which they were sent because of this.
        Assert.Equal(1, _server.Services.GetRequiredService<IOptions<HubOptions>>().Value.MaximumParallelInvocationsPerClient);
        Assert.Equal(1, _server.Services.GetRequiredService<IOptions<HubOptions<CoBrowseHub>>>().Value.MaximumParallelInvocationsPerClient);
    }

    [Fact]
    public async Task Stream_BeyondItsBucket_IsRateLimitedAndNothingElseIs()
    {
        var token = (await _server.NewCustomerAsync()).Token;
        await using var customer = await CoBrowseClient.ConnectAsync(_server.Http.BaseAddress!, token).Within();
        var frames = new PublishFramesRequest("none", []);

        // At once, because the bucket fills by the real clock.
        var refusals = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => RefusalAsync(customer.PublishFrames(frames))));

        Assert.InRange(refusals.Count(code => code == ErrorCodes.NotFound), 7, 49);
        Assert.All(refusals, code => Assert.True(code is ErrorCodes.NotFound or ErrorCodes.RateLimited, code));
        Assert.Equal(ErrorCodes.NotFound, await RefusalAsync(customer.KeepAlive(new KeepAliveRequest("none"))));
    }

    [Fact]
    public async Task DisabledAgent_WithACoPilotConnectionAlone_IsCutOffAndTheirSessionsEnd()
    {
        var account = await _server.AddAgentAsync();
        await using var agent = await ConnectAsync(account);
        var code = await agent.CreateCode(new CreateCodeRequest("request")).Within();

        Assert.True(await _server.Accounts.DisableAsync(account.Email).Within());
        _server.Clock.Advance(DisabledAgents.LookEvery);

        await agent.Closed.Within();
        var sessions = _server.Services.GetRequiredService<ISessionStore>();
        await Eventually.TrueAsync(async () =>
            (await sessions.FindAsync(RunningServer.Site, code.SessionId))?.Session.EndReason == SessionEndReasons.AgentSignedOut);
    }

    [Fact]
    public async Task DisabledAgent_WhoseSessionsCouldNotBeEnded_IsCutOffAndTheirSessionsAreTriedAgain()
    {
        var account = await _server.AddAgentAsync();
        await using var agent = await ConnectAsync(account);
        await agent.CreateCode(new CreateCodeRequest("request")).Within();
        Assert.True(await _server.Accounts.DisableAsync(account.Email).Within());
        _server.Log.Expect("Looking for disabled agents could not reach its store");
        var departure = new DepartureAtTheSecondAttempt();
        var clock = new ManualTimeProvider();
        using var disabled = ActivatorUtilities.CreateInstance<DisabledAgents>(_server.Services, new IAgentDeparture[] { departure }, clock);
        await disabled.StartAsync(TestContext.Current.CancellationToken);
        await clock.TimerSetAsync();

        clock.Advance(DisabledAgents.LookEvery);
        await agent.Closed.Within();
        await Eventually.TrueAsync(() => _server.Services.GetRequiredService<ConnectedAgents>().All.Count == 0);
        await departure.Failed.Within();
        clock.Advance(DisabledAgents.LookEvery);

        Assert.Equal(account.AgentId, await departure.Left.Within());
        await disabled.StopAsync(TestContext.Current.CancellationToken);
    }

    private async Task<CoBrowseClient> ConnectAsync(Account agent)
    {
        var signedIn = await RunningServer.ReadAsync<SignInResult>(await _server.SignInAsync(agent.Email));
        return await CoBrowseClient.ConnectAsync(_server.Address, signedIn.Token).Within();
    }

    private static async Task<string> RefusalAsync(Task call) => (await Assert.ThrowsAsync<HubRefusalException>(() => call.Within())).Code;

    private sealed class DepartureAtTheSecondAttempt : IAgentDeparture
    {
        private readonly TaskCompletionSource _failed = new();
        private readonly TaskCompletionSource<string> _left = new();

        public Task Failed => _failed.Task;

        public Task<string> Left => _left.Task;

        public Task LeftAsync(string siteId, string agentId, CancellationToken cancellationToken = default)
        {
            if (_failed.TrySetResult())
            {
                throw new StoreUnavailableException("Away for a moment.");
            }

            _left.TrySetResult(agentId);
            return Task.CompletedTask;
        }
    }
}
