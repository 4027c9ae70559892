using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Talk;

/// <summary>
/// What became of what was said around a fault. Lost is what was acknowledged, did not reach the other side, and is not in the log either, where the system has one. What was not acknowledged is counted apart:
/// its sender knows. Doubled is what stands twice in the log, by which people recognise what they are told again, or was heard twice where there is none.
/// </summary>
internal static class TalkAftermath
{
    public const string HeardAgain = "heard again";

    public static async Task<Correctness> CountAsync(WorkerContext worker, ITalkSystem system, TalkTally tally)
    {
        var keeping = system as IKeepingTalkSystem;
        var (heard, log) = (tally.Ledger, new TalkLedger(tally.Ledger.Conversations));
        await (keeping?.ReadLogsAsync(log, worker.Stop) ?? Task.CompletedTask);
        var acknowledged = tally.Acknowledged.ToHashSet();
        var (said, onTime, heardAgain, reordered) = heard.Count();
        var (_, _, doubledInLog, reorderedInLog) = log.Count();
        var onlyInLog = heard.AllSaid().Count(text => !heard.HasHeard(text) && log.HasHeard(text));
        worker.Counter("not acknowledged").Add(said - acknowledged.Count);
        worker.Counter("not heard, but in the log").Add(onlyInLog);
        worker.Counter(HeardAgain).Add(heardAgain);
        return new Correctness(
            said,
            onTime + onlyInLog,
            acknowledged.Count(text => !heard.HasHeard(text) && !log.HasHeard(text)),
            keeping is null ? heardAgain : doubledInLog,
            reordered + reorderedInLog,
            [],
            0);
    }
}
