using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace CoPilot.Specifications.Routing;

/// <summary>
/// Random histories, lived by every engine and by a model that is too simple to be wrong: every answer and every effect that it expects is compared after every step, everything
/// that can be read every few steps and in the end. A failure prints the shortest history found and its seed; set <c>ROUTING_REPLAY=seed,gamma,size</c> to live it again.
/// </summary>
public abstract class RoutingHistorySpecification : IRoutingFeed
{
    private const int Histories = 250;
    private const int ShortestHistory = 21;
    private const int LongestHistory = 391;

    /// <summary>Of each of the classes that share the work; there are four of them, so that all live at least 200,000.</summary>
    private const int LeastOperations = 50_000;

    private const int StateComparedEvery = 50;

    /// <summary>What estimates are made from, and that there are no effects which the model does not expect; both stay wrong until somebody looks.</summary>
    private const int FactsComparedEvery = 10;

    private int _operations;

    void IRoutingFeed.Changed(string siteId)
    {
    }

    [Fact]
    public async Task Histories_Random_AreAnsweredAsByTheModel()
    {
        var histories = Arb.From(
            Gen.Sized(size => Gen.ListOf(RoutingOperation.Any, size)).Select(operations => new RoutingHistory([.. operations])), Shorter);
        var replay = Replay();
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(Histories).WithStartSize(ShortestHistory).WithEndSize(LongestHistory).WithReplay(replay);

        // FsCheck blocks its thread at each step. Blocked threads of the pool, one for each class, are missing where Redis' answers are read.
        await Task.Factory.StartNew(
            () => Prop.ForAll(histories, LiveAsync).Check(config), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.True(replay is not null || _operations >= LeastOperations, $"Only {_operations} operations.");
    }

    /// <summary>Histories that went wrong once.</summary>
    [Fact]
    public Task History_OfOffersThatExpireTogether_IsAnsweredAsByTheModel() => LiveAsync(new RoutingHistory(
    [
        new RoutingOperation.Connect("anna", "1", 1, 0),
        new RoutingOperation.Connect("bert", "1", 1, 0),
        new RoutingOperation.SetStatus("anna", AgentStatuses.Available),
        new RoutingOperation.SetStatus("bert", AgentStatuses.Available),
        new RoutingOperation.Enqueue("c0", RoutingSites.Orders, 1),
        new RoutingOperation.Enqueue("c1", RoutingSites.Orders, 2),
        new RoutingOperation.Pass(20_000),
        new RoutingOperation.FireTimers(),
    ]));

    [Fact]
    public Task History_OfCallbacksForTheSameTime_IsAnsweredAsByTheModel() => LiveAsync(new RoutingHistory(
    [
        .. Enumerable.Range(0, 8).SelectMany(i => new RoutingOperation[]
        {
            new RoutingOperation.RequestCallback($"c{i}", i % 2 == 0 ? RoutingSites.Orders : RoutingSites.Shifts, $"+3160000000{i}", i, 1 + (i / 4)),
        }),
        new RoutingOperation.Pass(300_000),
        new RoutingOperation.Pass(300_000),
    ]));

    [Fact]
    public Task History_OfAMissedOfferAndAnAbsenceThatEndTogether_IsAnsweredAsByTheModel() => LiveAsync(new RoutingHistory(
    [
        new RoutingOperation.Connect("carl", "1", 2, 2),
        new RoutingOperation.Enqueue("c5", RoutingSites.Shifts, 11),
        new RoutingOperation.SetStatus("carl", AgentStatuses.Available),
        new RoutingOperation.Pass(300_000),
        new RoutingOperation.FireTimers(),
        new RoutingOperation.Enqueue("c4", RoutingSites.Express, 28),
        new RoutingOperation.Connect("carl", "1", 3, 0),
        new RoutingOperation.Restart(),
        new RoutingOperation.Stay(60_000),
    ]));

    [Fact]
    public Task History_OfSomebodyWhoWaitsForOneAgentAtARestart_IsAnsweredAsByTheModel() => LiveAsync(new RoutingHistory(
    [
        new RoutingOperation.StepClock(-900_000),
        new RoutingOperation.Connect("anna", "2", 3, 4),
        new RoutingOperation.RequestCallback("c5", RoutingSites.Orders, "+31600000002", 21, 1),
        new RoutingOperation.RequestCallback("c3", RoutingSites.Shifts, "+31600000001", 13, 2),
        new RoutingOperation.Enqueue("c1", RoutingSites.Payments, 0),
        new RoutingOperation.StepClock(900_000),
        new RoutingOperation.CloseByCustomer(358),
        new RoutingOperation.FireTimers(),
        new RoutingOperation.Stay(20_000),
        new RoutingOperation.SetStatus("anna", AgentStatuses.Available),
        new RoutingOperation.Renew("anna", "2"),
        new RoutingOperation.Accept("anna", 833),
        new RoutingOperation.Pass(45_000),
        new RoutingOperation.Connect("anna", "1", 2, 3),
        new RoutingOperation.RequestCallback("c5", RoutingSites.Shifts, "+31600000001", 28, 0),
        new RoutingOperation.Restart(),
    ]));

    [Fact]
    public Task History_OfALookAndAGraceThatALeaseBeginsAnew_IsAnsweredAsByTheModel() => LiveAsync(new RoutingHistory(
    [
        new RoutingOperation.Connect("anna", "2", 3, 1),
        new RoutingOperation.Enqueue("c0", RoutingSites.Express, 5),
        new RoutingOperation.SetStatus("anna", AgentStatuses.Available),
        new RoutingOperation.StepClock(-900_000),
        new RoutingOperation.Stay(8_000),
        new RoutingOperation.Die(),
        new RoutingOperation.Stay(20_000),
        new RoutingOperation.Accept("anna", 164),
        new RoutingOperation.SettleInactivity(190, Late: 0, Look: 120_000),
        new RoutingOperation.Pass(300_000),
    ]));

    /// <summary>Every engine, each with an empty store.</summary>
    protected abstract Task<IReadOnlyList<ContactQueueEngine>> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed);

    private async Task LiveAsync(RoutingHistory history)
    {
        var (sites, clock) = (new RoutingSites(), new ManualTimeProvider());
        Assert.True(sites.TryGet(RoutingSites.Shop, out var site));
        var model = new RoutingModel(site);
        var engines = await OpenAsync(sites, clock, this);
        try
        {
            RoutingTwin[] twins = [.. engines.Select(engine => new RoutingTwin(model, engine))];

            // Whatever the clock did on the way: once timers have been carried out and somebody came, nobody waits for nothing.
            var operations = history.Operations.Append(new RoutingOperation.FireTimers()).Append(new RoutingOperation.Renew("anna", "1"));
            foreach (var (number, operation) in operations.Index())
            {
                model.Begin(clock.GetUtcNow());
                var act = operation.Begin(model, clock);
                var comparesFacts = number % FactsComparedEvery == 0 || number >= history.Operations.Count;
                await Task.WhenAll(twins.Select(twin => twin.StepAsync(act, inAnyOrder: operation is RoutingOperation.FireTimers, comparesFacts)));
                if (number % StateComparedEvery == 0)
                {
                    await Task.WhenAll(twins.Select(twin => twin.CompareStateAsync(isLast: false)));
                }
            }

            await Task.WhenAll(twins.Select(twin => twin.CompareStateAsync(isLast: true)));
            Assert.False(model.HasUnmadeOffer());
            Assert.False(model.HasOvertakenTooLong());
            _operations += history.Operations.Count;
        }
        finally
        {
            foreach (var engine in engines)
            {
                await engine.DisposeAsync();
            }
        }
    }

    private static IEnumerable<RoutingHistory> Shorter(RoutingHistory history)
    {
        var operations = history.Operations;
        for (var length = operations.Count / 2; length > 0; length /= 2)
        {
            for (var start = 0; start + length <= operations.Count; start += length)
            {
                yield return new RoutingHistory([.. operations.Take(start), .. operations.Skip(start + length)]);
            }
        }
    }

    private static FSharpOption<Replay> Replay()
    {
        if (Environment.GetEnvironmentVariable("ROUTING_REPLAY") is not { } given)
        {
            return FSharpOption<Replay>.None;
        }

        var parts = given.Split(',');
        var seed = new Rnd(ulong.Parse(parts[0], null), ulong.Parse(parts[1], null));
        return FSharpOption<Replay>.Some(new Replay(seed, FSharpOption<int>.Some(int.Parse(parts[2], null))));
    }

    private sealed record RoutingHistory(IReadOnlyList<RoutingOperation> Operations)
    {
        public override string ToString() => $"{Operations.Count} operations:\n{string.Join('\n', Operations)}\n";
    }
}
