using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace CoPilot.Specifications.Routing;

/// <summary>
/// Random histories, lived by the engine and by a model that is too simple to be wrong; every answer, effect and state is compared after every step.
/// A failure prints the shortest history found and its seed; set <c>ROUTING_REPLAY=seed,gamma,size</c> to live it again.
/// </summary>
public abstract class RoutingHistorySpecification : IRoutingFeed
{
    private const int Histories = 50;
    private const int LongestHistory = 150;

    void IRoutingFeed.Changed(string siteId)
    {
    }

    [Fact]
    public void Histories_Random_AreAnsweredAsByTheModel()
    {
        var histories = Arb.From(Gen.ListOf(RoutingOperation.Any).Select(operations => new RoutingHistory([.. operations])), Shorter);
        var config = Config.QuickThrowOnFailure.WithMaxTest(Histories).WithStartSize(20).WithEndSize(LongestHistory).WithReplay(Replay());
        Prop.ForAll(histories, LiveAsync).Check(config);
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

    protected abstract Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed);

    private async Task LiveAsync(RoutingHistory history)
    {
        var (sites, clock) = (new RoutingSites(), new ManualTimeProvider());
        Assert.True(sites.TryGet(RoutingSites.Shop, out var site));
        await using var engine = await OpenAsync(sites, clock, this);
        var twins = new RoutingTwins(new RoutingModel(site), engine, clock);
        foreach (var operation in history.Operations)
        {
            await twins.StepAsync(operation);
        }

        // Whatever the clock did on the way: once timers have been carried out and somebody came, nobody waits for nothing.
        await twins.StepAsync(new RoutingOperation.FireTimers());
        await twins.StepAsync(new RoutingOperation.Renew("anna", "1"));
        Assert.False(twins.Model.HasUnmadeOffer());
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
