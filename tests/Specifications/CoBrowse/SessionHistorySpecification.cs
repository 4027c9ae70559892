using CoPilot.CoBrowse.Sessions;
using CoPilot.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace CoPilot.Specifications.CoBrowse;

/// <summary>
/// Random histories of codes and sessions, lived over every engine by the same use cases: every answer and every notice must be the same, no session may go a way that
/// the state machine does not have, and the audit of each must be whole after every step. A failure prints the shortest history found and its seed.
/// </summary>
public abstract class SessionHistorySpecification
{
    private const int Histories = 150;
    private const int ShortestHistory = 20;
    private const int LongestHistory = 120;

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40),
        TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10),
    ];

    private int _running;

    [Fact]
    public async Task Histories_Random_AreAnsweredAlikeByEveryEngine()
    {
        var histories = Arb.From(
            Gen.Sized(size => Gen.ListOf(SessionOperation.Any, size)).Select(operations => new SessionHistory([.. operations])), Shorter);
        var config = Config.QuickThrowOnFailure.WithMaxTest(Histories).WithStartSize(ShortestHistory).WithEndSize(LongestHistory);

        // FsCheck blocks its thread at each step. Blocked threads of the pool, one for each class, are missing where Redis' answers are read.
        await Task.Factory.StartNew(
            () => Prop.ForAll(histories, LiveAsync).Check(config), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        // Otherwise most of what there is to compare never happened.
        Assert.True(_running >= Histories, $"Only {_running} sessions were agreed to.");
    }

    /// <summary>Every engine, each with an empty store.</summary>
    protected abstract Task<IReadOnlyList<ISessionStore>> OpenAsync(TimeProvider clock);

    protected abstract ValueTask CloseAsync();

    private async Task LiveAsync(SessionHistory history)
    {
        var clock = new ManualTimeProvider();
        var twins = (await OpenAsync(clock)).Select(store => new SessionTwin(store, clock)).ToList();
        try
        {
            foreach (var operation in history.Operations)
            {
                if (operation.Deed == SessionDeed.Pass)
                {
                    clock.Advance(Pauses[operation.Which % Pauses.Length]);
                    continue;
                }

                var answers = await Task.WhenAll(twins.Select(twin => twin.LiveAsync(operation))).Within();
                Assert.Single(answers.Distinct());
                await Task.WhenAll(twins.Select(twin => twin.CheckAsync())).Within();
            }

            _running += twins[0].Agreed;
        }
        finally
        {
            await CloseAsync();
        }
    }

    private static IEnumerable<SessionHistory> Shorter(SessionHistory history)
    {
        var operations = history.Operations;
        for (var length = operations.Count / 2; length > 0; length /= 2)
        {
            for (var start = 0; start + length <= operations.Count; start += length)
            {
                yield return new SessionHistory([.. operations.Take(start), .. operations.Skip(start + length)]);
            }
        }
    }

    private sealed record SessionHistory(IReadOnlyList<SessionOperation> Operations)
    {
        public override string ToString() => $"{Operations.Count} operations:\n{string.Join('\n', Operations)}\n";
    }
}
