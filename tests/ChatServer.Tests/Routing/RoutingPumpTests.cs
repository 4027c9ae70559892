using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;
using Microsoft.Extensions.Logging;
using static CoPilot.ChatServer.Tests.Routing.RoutingBench;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class RoutingPumpTests : IAsyncLifetime
{
    private readonly RoutingBench _bench = new();
    private readonly ObservedQueue _queue;
    private readonly RoutingPump _pump;

    public RoutingPumpTests()
    {
        _queue = new ObservedQueue(_bench.Queue);
        _pump = new RoutingPump(_queue, _bench.Outbox, new NoCalls(), RoutingPace.OneNode, _bench.Hints, _bench.Sites, _bench.Clock, _bench.Log.For<RoutingPump>());
    }

    public async ValueTask InitializeAsync() => await _pump.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _pump.StopAsync(CancellationToken.None).Within();
        _pump.Dispose();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task Hint_Alone_AppliesTheOutbox()
    {
        await _bench.HaveAgentAsync("anna");
        var chat = await _bench.StartAsync("cleo");

        Assert.Equal(chat.ContactId, (await _bench.Notifier.NextAsync<OfferedEvent>("anna")).ContactId);
    }

    [Fact]
    public async Task DueTimer_Alone_IsCarriedOut()
    {
        await _bench.HaveAgentAsync("anna");
        await _bench.StartAsync("cleo");
        await _bench.Notifier.NextAsync<OfferedEvent>("anna");

        await AdvanceUntilAsync(RoutingSites.AcceptTimeout, () => !_bench.Notifier.IsSilent("anna"));

        Assert.Equal(Reasons.NotAnswered, (await _bench.Notifier.NextAsync<OfferWithdrawnEvent>("anna")).Reason);
    }

    [Fact]
    public async Task Failure_IsLoggedOnce_TriedAgainAndSkipsNothing()
    {
        _bench.Log.Expect("does not get on");
        var anna = await _bench.HaveAgentAsync("anna");
        var chat = await _bench.StartAsync("cleo");
        await _bench.Notifier.NextAsync<OfferedEvent>("anna");
        _bench.Notifier.TakeAll("cleo");
        _bench.Conversations.IsOutOfReach = _ => true;
        Accepted(await _bench.Queue.AcceptOfferAsync(Shop, anna.Id, await _bench.OfferIdAsync(anna)));

        await AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => _bench.Conversations.Changes >= 3);
        _bench.Conversations.IsOutOfReach = _ => false;
        await AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => !_bench.Notifier.IsSilent("cleo"));

        Assert.Equal(ContactStates.Active, (await _bench.Notifier.NextAsync<ContactChangedEvent>("cleo")).State);
        Assert.Equal(EventCodes.AgentJoined, (await _bench.LogAsync(Customer("cleo"), chat.ConversationId))[1].Text);
        Assert.Single(_bench.Log.Lines, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Failure_OfTheTimers_DoesNotEndThePump()
    {
        _bench.Log.Expect("does not get on");
        var failures = 0;
        _queue.BeforeTimers = () => Interlocked.Increment(ref failures) <= 3
            ? throw new StoreUnavailableException("Out of reach.", new IOException("Pulled."))
            : Task.CompletedTask;
        await _bench.HaveAgentAsync("anna");
        await _bench.StartAsync("cleo");

        await AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => !_bench.Notifier.IsSilent("anna"));

        await _bench.Notifier.NextAsync<OfferedEvent>("anna");
    }

    /// <summary>The pump sets its timers on threads of its own, so the clock is moved until it has been seen to.</summary>
    private async Task AdvanceUntilAsync(TimeSpan step, Func<bool> happened)
    {
        using var deadline = new CancellationTokenSource(Deadline.Default);
        while (!happened())
        {
            deadline.Token.ThrowIfCancellationRequested();
            _bench.Clock.Advance(step);
            await Task.Yield();
        }
    }

    /// <summary>Agents of these sites dial themselves.</summary>
    private sealed class NoCalls : ICallMaker
    {
        public void Begin(Contact taken) => throw new InvalidOperationException("Nobody has to be called.");
    }
}
