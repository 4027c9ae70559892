using CoPilot.ChatServer.Routing;
using CoPilot.Realtime;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;
using Microsoft.Extensions.Logging;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class AgentPresenceTests : IAsyncLifetime
{
    private static readonly AgentProfile Anna = new("anna", RoutingBench.Shop, "Anna", [RoutingSites.Orders], 1);
    private static readonly AgentConnection Tab = new("anna", "tab");

    private readonly RoutingBench _bench = new();
    private readonly ObservedQueue _queue;
    private readonly AgentPresence _presence;
    private readonly SemaphoreSlim _renewals = new(0);

    public AgentPresenceTests()
    {
        _queue = new ObservedQueue(_bench.Queue);
        _presence = new AgentPresence(_queue, _bench.Clock, _bench.Log.For<AgentPresence>());
    }

    public async ValueTask InitializeAsync()
    {
        _queue.AfterRenewal = () => _renewals.Release();
        await _presence.StartAsync(CancellationToken.None);
        await _presence.ConnectAsync(Anna, "tab");
        await _bench.Clock.TimerSetAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _presence.StopAsync(CancellationToken.None).Within();
        _presence.Dispose();
        await _bench.DisposeAsync();
        _renewals.Dispose();
    }

    [Fact]
    public async Task Connections_AreRenewedAsLongAsTheyAreOpen()
    {
        for (var i = 0; i < 6; i++)
        {
            _bench.Clock.Advance(RoutingRules.PresenceRenewal);
            await _renewals.WaitAsync().Within();
        }

        Assert.True(await IsConnectedAsync());
        Assert.Equal(["anna"], _presence.ConnectedAgents(RoutingBench.Shop));
        Assert.Empty(_presence.ConnectedAgents(RoutingSites.OtherShop));
    }

    [Fact]
    public async Task Disconnected_IsGoneAtOnceAndStaysSo()
    {
        await _presence.DisconnectAsync(RoutingBench.Shop, Tab);
        Assert.False(await IsConnectedAsync());
        _bench.Clock.Advance(RoutingRules.PresenceRenewal);

        Assert.False(await IsConnectedAsync());
        Assert.Empty(_presence.ConnectedAgents(RoutingBench.Shop));
    }

    [Fact]
    public async Task Disconnected_WhileItIsBeingRenewed_DoesNotComeBack()
    {
        using var entered = new SemaphoreSlim(0);
        using var disconnects = new SemaphoreSlim(0);
        var mayGoOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.AfterDisconnect = () => disconnects.Release();
        _queue.BeforeRenewal = async () =>
        {
            entered.Release();
            await mayGoOn.Task;
        };
        _bench.Clock.Advance(RoutingRules.PresenceRenewal);
        await entered.WaitAsync().Within();

        await _presence.DisconnectAsync(RoutingBench.Shop, Tab);
        await disconnects.WaitAsync().Within();
        mayGoOn.SetResult();
        await _renewals.WaitAsync().Within();
        await disconnects.WaitAsync().Within();

        Assert.False(await IsConnectedAsync());
    }

    [Fact]
    public async Task RenewalFails_IsLoggedOnceAndTriedAgain()
    {
        _bench.Log.Expect("were not renewed");
        using var failures = new SemaphoreSlim(0);
        _queue.BeforeRenewal = () =>
        {
            failures.Release();
            throw new StoreUnavailableException("Out of reach.", new IOException("Pulled."));
        };
        _bench.Clock.Advance(RoutingRules.PresenceRenewal);
        await failures.WaitAsync().Within();
        _bench.Clock.Advance(RoutingRules.PresenceRenewal);
        await failures.WaitAsync().Within();

        _queue.BeforeRenewal = () => Task.CompletedTask;
        _bench.Clock.Advance(RoutingRules.PresenceRenewal - TimeSpan.FromMilliseconds(1));
        Assert.True(await IsConnectedAsync());
        _bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await _renewals.WaitAsync().Within();

        Assert.True(await IsConnectedAsync());
        Assert.Single(_bench.Log.Lines, line => line.Level == LogLevel.Error);
    }

    private async Task<bool> IsConnectedAsync() => (await _bench.Queue.FindAgentAsync(RoutingBench.Shop, "anna"))!.IsConnected;
}
