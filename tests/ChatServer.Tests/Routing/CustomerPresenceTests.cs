using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime;
using CoPilot.TestKit;
using static CoPilot.ChatServer.Tests.Routing.RoutingBench;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class CustomerPresenceTests : IAsyncLifetime
{
    private readonly RoutingBench _bench = new();
    private readonly ObservedQueue _queue;
    private readonly CustomerPresence _presence;
    private readonly SemaphoreSlim _told = new(0);

    public CustomerPresenceTests()
    {
        _queue = new ObservedQueue(_bench.Queue) { AfterCustomers = () => _told.Release() };
        _presence = new CustomerPresence(_queue, _bench.Clock, _bench.Log.For<CustomerPresence>());
    }

    public async ValueTask InitializeAsync()
    {
        await _presence.StartAsync(CancellationToken.None);
        await _bench.Clock.TimerSetAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _presence.StopAsync(CancellationToken.None).Within();
        _presence.Dispose();
        await _bench.DisposeAsync();
        _told.Dispose();
    }

    [Fact]
    public async Task Customer_IsThereAsLongAsOneTabIsOpen()
    {
        var (_, chat) = await _bench.HaveActiveAsync("anna", "cleo");
        _presence.Connected(Shop, "cleo");
        _presence.Connected(Shop, "cleo");
        await TellAsync(CustomerPresence.Interval);
        _presence.Disconnected(Shop, "cleo");

        for (var passed = TimeSpan.Zero; passed < 2 * RoutingRules.CustomerLease; passed += RoutingRules.CustomerRenewal)
        {
            await TellAsync(RoutingRules.CustomerRenewal);
            await _bench.Queue.FireDueTimersAsync(Shop, limit: 100);
        }

        Assert.False((await _bench.Queue.FindContactAsync(Shop, chat.ContactId))!.CustomerAway);
    }

    [Fact]
    public async Task Agent_IsToldThatTheCustomerLeftAndCameBack()
    {
        var (agent, chat) = await _bench.HaveActiveAsync("anna", "cleo");
        _presence.Connected(Shop, "cleo");
        _presence.Disconnected(Shop, "cleo");
        await TellAsync(CustomerPresence.Interval);
        await _bench.Outbox.DrainAsync(Shop);
        _bench.Notifier.TakeAll("anna");
        _bench.Notifier.TakeAll("cleo");

        _bench.Clock.Advance(RoutingRules.CustomerGrace);
        await _bench.Queue.FireDueTimersAsync(Shop, limit: 100);
        await _bench.Outbox.DrainAsync(Shop);

        var told = await _bench.Notifier.NextAsync<ContactChangedEvent>("anna");
        Assert.Equal((chat.ContactId, ContactStates.Active, true), (told.ContactId, told.State, told.CustomerAway));
        Assert.True(_bench.Notifier.IsSilent("cleo"));
        Assert.True(Assert.Single(Accepted(await _bench.Service.SetStatusAsync(agent, new SetStatusRequest())).Contacts).CustomerAway);

        _presence.Connected(Shop, "cleo");
        await TellAsync(CustomerPresence.Interval);
        await _bench.Outbox.DrainAsync(Shop);
        Assert.Null((await _bench.Notifier.NextAsync<ContactChangedEvent>("anna")).CustomerAway);
    }

    [Fact]
    public async Task StoreOutOfReach_IsToldASecondLater()
    {
        var (_, chat) = await _bench.HaveActiveAsync("anna", "cleo");
        using var failed = new SemaphoreSlim(0);
        _bench.Log.Expect("customers were not renewed");
        _queue.BeforeCustomers = () =>
        {
            failed.Release();
            throw new StoreUnavailableException("Out of reach.");
        };
        _presence.Connected(Shop, "cleo");
        _presence.Disconnected(Shop, "cleo");
        _bench.Clock.Advance(CustomerPresence.Interval);
        await failed.WaitAsync().Within();
        _queue.BeforeCustomers = () => { };

        await ToldAtLastAsync();
        _bench.Clock.Advance(RoutingRules.CustomerGrace);
        await _bench.Queue.FireDueTimersAsync(Shop, limit: 100);

        Assert.True((await _bench.Queue.FindContactAsync(Shop, chat.ContactId))!.CustomerAway);
    }

    private async Task ToldAtLastAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline.Default);
        while (!await _told.WaitAsync(TimeSpan.Zero, deadline.Token))
        {
            _bench.Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }
    }

    /// <summary>Time goes by, and whatever became known in it is in the store.</summary>
    private async Task TellAsync(TimeSpan time)
    {
        _bench.Clock.Advance(time);
        await _told.WaitAsync().Within();
    }
}
