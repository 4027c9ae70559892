using System.Globalization;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Systems;
using CoPilot.Measuring;

namespace CoPilot.LoadRunner.Comparing;

/// <summary>What was lost when Redis was killed in the middle of the talk.</summary>
internal static class LossTable
{
    private static readonly (string Head, Func<RunResult, long> Count)[] Columns =
    [
        ("said", run => run.Correctness.Sent),
        ("acknowledged", Comparison.Acknowledged),
        ("lost of these", run => run.Correctness.Lost),
        ("doubled", run => run.Correctness.Doubled),
        ("heard again", Comparison.HeardAgain),
    ];

    public static string Write(Comparison comparison)
    {
        var plan = comparison.Plan;
        var table = new MarkdownTable(["system", "runs", .. Columns.Select(column => column.Head)]);
        foreach (var system in plan.Systems)
        {
            table.Add([system, .. plan.HasRedis(system) ? Cells(comparison.KilledOf(system)) : Enumerable.Repeat(MarkdownTable.Number(double.NaN), Columns.Length + 1)]);
        }

        var durability = RedisWords.Of(new RedisKilledStep("copilot", plan.KillRate, 1).RedisOf(plan.Redis));
        var title = string.Create(CultureInfo.InvariantCulture, $"Messages lost when Redis is killed in mid-run, {plan.KillRate:N0} a second");
        return $"""
            **{title}**

            {table}
            Sums over the runs, warm-up included; "–" has no Redis. It is killed with SIGKILL in the middle of the measured phase and started again on what it has on disk, by `--redis {durability}` for all: one that keeps nothing would leave CoPilot with nothing to come back to.
            Lost is what was acknowledged, did not reach the other side, and is not in the log afterwards; the peers have no log. What was not acknowledged is no loss, as its sender knows: at CoPilot it is sent again with the same id until it is acknowledged, as CoPilot's own clients do.
            Doubled is what stands twice in the log, or at the peers was heard twice: after an outage CoPilot may tell the last message of a conversation once more, which clients recognise by its number.

            """;
    }

    private static IEnumerable<string> Cells(IReadOnlyList<RunResult> runs) =>
        [Whole(runs.Count), .. Columns.Select(column => runs.Count == 0 ? "" : Whole(runs.Sum(column.Count)))];

    private static string Whole(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
