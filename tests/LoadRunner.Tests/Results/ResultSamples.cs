using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;

namespace CoPilot.LoadRunner.Tests.Results;

/// <summary>Results as runs have them, with figures that a test can tell apart.</summary>
internal static class ResultSamples
{
    /// <param name="deliveryMs">How long each of the hundred deliveries took.</param>
    /// <param name="serverCpuSeconds">Of both nodes together.</param>
    public static RunResult Chat(string system, double deliveryMs, double serverCpuSeconds, long lost = 0)
    {
        var latency = new LatencyHistogram();
        for (var i = 0; i < 100; i++)
        {
            latency.Add(TimeSpan.FromMilliseconds(deliveryMs));
        }

        return new RunResult
        {
            Scenario = "chat",
            System = system,
            Commit = "0123456",
            Machine = "Two cores.",
            Noise = "Nothing else ran.",
            StartedAt = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero),
            Options = new Dictionary<string, string> { ["rate"] = "1000" },
            Phases =
            [
                new PhaseResult { Name = "warm-up", IsMeasured = false, Seconds = 5, Steps = [] },
                new PhaseResult
                {
                    Name = "talk",
                    IsMeasured = true,
                    Seconds = 10,
                    Steps = [StepResult.Of("delivery", latency, [KeyValuePair.Create("<refused>", 2L)])],
                    Processes =
                    [
                        new ProcessResult("server", "node1", serverCpuSeconds / 2, 1 << 20, 1 << 20),
                        new ProcessResult("server", "node2", serverCpuSeconds / 2, 1 << 20, 1 << 20),
                        new ProcessResult("worker", "worker1", 7, 1 << 20, 1 << 20),
                    ],
                    Series = [new SeriesPoint("delivery", 0, 50, 1, deliveryMs), new SeriesPoint("delivery", 1, 50, 1, deliveryMs)],
                },
            ],
            Correctness = new Correctness(102, 100 - lost, lost, 0, 0, lost > 0 ? ["<script>alert(1)</script>"] : [], lost > 0 ? 1 : 0),
            Thresholds = [],
        };
    }

    /// <param name="kibibytes">Of each connection.</param>
    public static RunResult Idle(string system, double kibibytes, int nodes) => Chat(system, deliveryMs: 1, serverCpuSeconds: 1) with
    {
        Scenario = "idle",
        Phases =
        [
            new PhaseResult
            {
                Name = "100 idle",
                IsMeasured = true,
                Seconds = 10,
                Steps = [],
                Processes = [.. Enumerable.Range(1, nodes).Select(node => new ProcessResult("server", $"node{node}", 1, 1 << 20, 1 << 20))],
            },
        ],
        Figures = [new Figure("server memory of each of 100 idle connections", kibibytes, "KiB"), new Figure("server CPU of each of 100 idle connections", 3, "µs/s")],
    };

    /// <summary>Three messages were heard again.</summary>
    public static RunResult Killed(string system, long said, int acknowledged, long lost)
    {
        var latency = new LatencyHistogram();
        for (var i = 0; i < acknowledged; i++)
        {
            latency.Add(TimeSpan.FromMilliseconds(1));
        }

        return Chat(system, deliveryMs: 1, serverCpuSeconds: 1) with
        {
            Phases =
            [
                new PhaseResult
                {
                    Name = "talk", IsMeasured = true, Seconds = 10, Steps = [StepResult.Of("ack", latency, [])], Counters = [new CounterResult("heard again", 3)],
                },
            ],
            Correctness = new Correctness(said, said - lost, lost, 0, 0, [], 0),
        };
    }
}
