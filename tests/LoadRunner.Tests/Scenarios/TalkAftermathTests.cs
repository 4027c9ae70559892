using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Scenarios.Talk;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Tests.Scenarios;

/// <summary>What counts as lost and doubled after a fault.</summary>
public sealed class TalkAftermathTests
{
    private readonly WorkerContext _worker = new(0, 1, ScenarioOptions.None, new Target("none", [], [], []), new PhaseClock(0), CancellationToken.None);
    private readonly TalkTally _tally;

    public TalkAftermathTests() => _tally = new TalkTally(_worker, conversations: 2, keepsAcknowledged: true);

    [Fact]
    public async Task CountAsync_WithoutALog_CountsWhatWasAcknowledgedAndNotHeard()
    {
        var (heard, lost, unknown) = (Say(), Say(), Say());
        Acknowledge(heard);
        Acknowledge(lost);
        Hear(heard);
        Hear(heard);

        var found = await TalkAftermath.CountAsync(_worker, new Forgetful(), _tally);

        Assert.Equal(new Correctness(3, 1, 1, 1, 0, found.Failures, 0), found);
        Assert.Equal((1, 1), (Counted("not acknowledged"), Counted("heard again")));
        Assert.False(_tally.Ledger.HasHeard(unknown));
    }

    [Fact]
    public async Task CountAsync_WithALog_TakesWhatStandsInItForDelivered()
    {
        var (heard, kept, lost, unknown) = (Say(), Say(), Say(), Say());
        Acknowledge(heard);
        Acknowledge(kept);
        Acknowledge(lost);
        Hear(heard);
        Hear(heard);

        var found = await TalkAftermath.CountAsync(_worker, new Keeping([heard, kept, unknown, unknown]), _tally);

        Assert.Equal(new Correctness(4, 3, 1, 1, 0, found.Failures, 0), found);
        Assert.Equal((1, 1, 2), (Counted("not acknowledged"), Counted("heard again"), Counted("not heard, but in the log")));
    }

    /// <summary>What comes after something that was lost is not out of order.</summary>
    [Theory]
    [InlineData(0, 1, 2, 3)]
    [InlineData(0, 1, 3)]
    [InlineData(1, 1, 3, 2, 4)]
    [InlineData(2, 4, 2, 3)]
    public void Hear_InSomeOrder_CountsWhatCameBehindALaterOne(int reordered, params int[] numbers)
    {
        var ledger = new TalkLedger(1);

        Assert.All(numbers, number => Assert.NotNull(ledger.Hear(new TalkText(0, 1, number))));

        Assert.Equal((numbers.Length, 0, reordered), (ledger.Count().Heard, ledger.Count().Doubled, ledger.Count().Reordered));
    }

    private TalkText Say() => _tally.Ledger.Say(conversation: 1, side: 0, intended: 1);

    private void Acknowledge(TalkText text) => _tally.Acknowledgement(text, intended: 1).Answered(HubDialect.Named("json"), []);

    private void Hear(TalkText text) => _tally.Ledger.Hear(text);

    private long Counted(string name) => _worker.Counter(name).In(0);

    private class Forgetful : ITalkSystem
    {
        public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public bool IsOpen(int conversation) => true;

        public void Say(TalkText text, string words, IAnswerReceiver answer) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Keeping(IReadOnlyList<TalkText> kept) : Forgetful, IKeepingTalkSystem
    {
        public Task ReadLogsAsync(TalkLedger log, CancellationToken cancellationToken)
        {
            Assert.Equal(kept.Count, kept.Select(log.Hear).Count());
            return Task.CompletedTask;
        }
    }
}
