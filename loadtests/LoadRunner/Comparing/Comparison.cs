using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Scenarios.Connecting;
using CoPilot.LoadRunner.Scenarios.Talk;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Comparing;

/// <summary>What many runs come to: each figure as the median of the repeats, with the smallest and the largest.</summary>
internal sealed class Comparison(ComparePlan plan, IReadOnlyList<(CompareStep Step, RunResult Result)> runs)
{
    /// <summary>A generator whose own p99 is later than this measured itself.</summary>
    public const double LateMs = 20;

    /// <summary>Above it nobody calls a chat fast.</summary>
    public const double FastMs = 100;

    public ComparePlan Plan => plan;

    public IReadOnlyList<(CompareStep Step, RunResult Result)> Runs => runs;

    public Spread Of(string system, double rate, Func<RunResult, double> figure) => Spread.Of(ChatsOf(system, rate).Select(figure));

    public int CountOf(string system, double rate) => ChatsOf(system, rate).Count();

    /// <summary>Runs with connections on which nothing is said.</summary>
    public IReadOnlyList<RunResult> IdleOf(string system) => [.. runs.Where(run => run.Step is IdleStep && run.Step.System == system).Select(run => run.Result)];

    /// <summary>The highest of the rates that were tried at which the system delivered all of it fast; null when it did at none.</summary>
    public double? HighestFastRate(string system) => plan.Rates
        .Where(rate => Of(system, rate, DeliveryP99).Median < FastMs && Of(system, rate, LostShare).Median == 0)
        .Select(rate => (double?)rate)
        .Max();

    /// <summary>Runs in which Redis was killed; one that could not be brought to its end is not among them.</summary>
    public IReadOnlyList<RunResult> KilledOf(string system) => [.. runs.Where(run => run.Step is RedisKilledStep && run.Step.System == system).Select(run => run.Result)];

    public static double ServerMicroseconds(RunResult run) => CpuMicroseconds(run, "server");

    public static double RedisMicroseconds(RunResult run) => CpuMicroseconds(run, "redis");

    public static double AckP50(RunResult run) => Step(run, "ack")?.P50Ms ?? double.NaN;

    public static double AckP99(RunResult run) => Step(run, "ack")?.P99Ms ?? double.NaN;

    public static double DeliveryP50(RunResult run) => Step(run, "delivery")?.P50Ms ?? double.NaN;

    public static double DeliveryP99(RunResult run) => Step(run, "delivery")?.P99Ms ?? double.NaN;

    public static double LatenessP99(RunResult run) => Step(run, WorkerContext.Lateness)?.P99Ms ?? double.NaN;

    /// <summary>Of what was said in the whole run, warm-up included.</summary>
    public static double LostShare(RunResult run) => run.Correctness.Sent == 0 ? double.NaN : (double)run.Correctness.Lost / run.Correctness.Sent;

    /// <summary>Of each connection on which nothing is said, all nodes together.</summary>
    public static double IdleKibibytes(RunResult run) => run.Figures.FirstOrDefault(figure => figure.Name.StartsWith(IdleScenario.ServerMemory, StringComparison.Ordinal))?.Value ?? double.NaN;

    /// <summary>Of what was said in the whole run, warm-up included.</summary>
    public static long Acknowledged(RunResult run) => run.Phases.SelectMany(phase => phase.Steps).Where(step => step.Name == "ack").Sum(step => step.Ok);

    /// <summary>What reached somebody more than once, in a run in which Redis was killed.</summary>
    public static long HeardAgain(RunResult run) => run.Phases.SelectMany(phase => phase.Counters).Where(counter => counter.Name == TalkAftermath.HeardAgain).Sum(counter => counter.Count);

    private IEnumerable<RunResult> ChatsOf(string system, double rate) =>
        runs.Where(run => run.Step is ChatStep chat && chat.System == system && chat.Rate.Equals(rate)).Select(run => run.Result);

    private static PhaseResult Talk(RunResult run) => run.Phases.Single(phase => phase.IsMeasured);

    private static StepResult? Step(RunResult run, string name) => Talk(run).Steps.FirstOrDefault(step => step.Name == name);

    /// <summary>For each message that reached the other side.</summary>
    private static double CpuMicroseconds(RunResult run, string role)
    {
        var processes = Talk(run).Processes.Where(process => process.Role == role).ToList();
        var delivered = Step(run, "delivery")?.Ok ?? 0;
        return processes.Count == 0 || delivered == 0 ? double.NaN : processes.Sum(process => process.CpuSeconds) * 1e6 / delivered;
    }
}

/// <summary>Not a number when there is none.</summary>
internal readonly record struct Spread(double Median, double Smallest, double Largest)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        return sorted.Length == 0
            ? new Spread(double.NaN, double.NaN, double.NaN)
            : new Spread((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0], sorted[^1]);
    }
}
