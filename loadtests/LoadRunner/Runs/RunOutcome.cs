using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Systems;
using CoPilot.LoadRunner.Workers;
using CoPilot.Measuring;

namespace CoPilot.LoadRunner.Runs;

/// <summary>All that a run gave, before it is judged.</summary>
/// <param name="Records">The preparation is the first.</param>
internal sealed record RunOutcome(IReadOnlyList<PhaseRecord> Records, IReadOnlyList<Checked> Answers, string Noise)
{
    private const int KeptFailures = 20;

    /// <param name="faults">Found as the system was stopped.</param>
    public async Task<RunResult> DescribeAsync(
        RunPlan plan, IScenario scenario, ScenarioOptions options, DateTimeOffset startedAt, IReadOnlyList<string> faults)
    {
        var phases = Records.Select(Describe).ToList();
        return new RunResult
        {
            Scenario = plan.Scenario,
            System = plan.System,
            Commit = await SourceCommit.ReadAsync(),
            Machine = Machine.Describe(),
            Noise = Noise,
            StartedAt = startedAt,
            Options = InForce(plan, options),
            Phases = phases,
            Correctness = Judge(faults),
            Thresholds = [.. scenario.Thresholds.Select(Judge)],
            Figures = scenario.Conclude(phases),
        };
    }

    private static Dictionary<string, string> InForce(RunPlan plan, ScenarioOptions options)
    {
        var all = new Dictionary<string, string>(options.InForce, StringComparer.Ordinal) { ["workers"] = $"{plan.Workers}" };
        if (plan.Servers.Count > 0)
        {
            all["server"] = string.Join(',', plan.Servers);
            return all;
        }

        all["nodes"] = $"{plan.SystemOptions.Nodes}";
        all["on-redis"] = SystemCatalog.HasRedis(plan.System, plan.SystemOptions) ? "yes" : "no";
        all["redis"] = RedisWords.Of(plan.SystemOptions.Redis);
        all["cores"] = plan.SystemOptions.Cores ?? "all";
        return all;
    }

    private PhaseResult Describe(PhaseRecord record, int number)
    {
        var totals = new StepTotals(Answers.Select(worker => worker.Phases[number]));
        return new PhaseResult
        {
            Name = record.Phase?.Name ?? "preparation",
            IsMeasured = record.Phase?.IsMeasured ?? false,
            Seconds = record.Seconds,
            Steps = totals.Steps,
            Counters = totals.Counters,
            Processes = record.Processes,
            Series = record.Series,
        };
    }

    private Correctness Judge(IReadOnlyList<string> faults)
    {
        var all = Answers.Select(worker => worker.Correctness).ToList();
        return new Correctness(
            all.Sum(each => each.Sent),
            all.Sum(each => each.Delivered),
            all.Sum(each => each.Lost),
            all.Sum(each => each.Doubled),
            all.Sum(each => each.Reordered),
            [.. faults.Concat(all.SelectMany(each => each.Failures)).Take(KeptFailures)],
            faults.Count + all.Sum(each => each.FailureCount));
    }

    /// <summary>A step that never happened meets nothing.</summary>
    private ThresholdResult Judge(Threshold threshold)
    {
        var measured = Enumerable.Range(0, Records.Count).Where(number => Records[number].Phase is { IsMeasured: true }).ToList();
        var step = new StepTotals(measured.SelectMany(number => Answers.Select(worker => worker.Phases[number]))).Find(threshold.Step);
        var value = step is null ? double.NaN : threshold.ValueOf(step, measured.Sum(number => Records[number].Seconds));
        return new ThresholdResult(threshold.Step, threshold.Words, threshold.Limit, value, threshold.IsMetBy(value));
    }
}
