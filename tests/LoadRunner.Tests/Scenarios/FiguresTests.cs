using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Scenarios.Connecting;
using CoPilot.LoadRunner.Scenarios.Reconnecting;
using CoPilot.LoadRunner.Scenarios.Soaking;

namespace CoPilot.LoadRunner.Tests.Scenarios;

/// <summary>What scenarios make of memory and CPU.</summary>
public sealed class FiguresTests
{
    private const long Kibibyte = 1024;

    [Fact]
    public void PerHour_OfALineWithNoiseAroundIt_IsTheLine()
    {
        (double, double)[] measured = [(0, 100), (1, 205), (2, 295), (3, 405), (4, 495)];

        Assert.Equal(99, MemorySlope.PerHour(measured), 6);
        Assert.Equal(0, MemorySlope.PerHour([(0, 100), (1, 100)]));
        Assert.True(double.IsNaN(MemorySlope.PerHour([(0, 100)])));
    }

    [Fact]
    public void Conclude_OfIdleConnections_ComparesWithNone()
    {
        var scenario = new IdleScenario(Given("connections", "1000,2000"));

        var figures = scenario.Conclude(
        [
            Rest("0 idle", cpuSeconds: 1, residentKibibytes: 50_000),
            Rest("1,000 idle", cpuSeconds: 2, residentKibibytes: 75_000),
            Rest("2,000 idle", cpuSeconds: 4, residentKibibytes: 90_000),
        ]);

        // Two servers: what both used.
        Assert.Equal([50, 200, 40, 300], figures.Select(figure => Math.Round(figure.Value, 6)));
        Assert.Equal(["KiB", "µs/s", "KiB", "µs/s"], figures.Select(figure => figure.Unit));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("5000,5000")]
    [InlineData("2000,1000")]
    [InlineData("many")]
    [InlineData("")]
    public void Create_OfIdleWithOtherCounts_IsAMisuse(string connections) =>
        Assert.Throws<UsageException>(() => new IdleScenario(Given("connections", connections)));

    [Fact]
    public void Create_OfASoak_HasPeriodsThatAddUpToItsHours()
    {
        var options = Given("hours", "0.5", "periods", "30", "size", "200");

        var scenario = ScenarioCatalog.Create("soak", options);

        var periods = scenario.Phases.Where(phase => phase.IsMeasured).ToList();
        Assert.Equal(30, periods.Count);
        Assert.Equal(TimeSpan.FromMinutes(30), periods.Aggregate(TimeSpan.Zero, (sum, phase) => sum + phase.Simulation.During));
        Assert.Equal(("500", "200", "30m"), (options.InForce["rate"], options.InForce["size"], options.InForce["duration"]));
        Assert.Throws<UsageException>(() => ScenarioCatalog.Create("soak", Given("duration", "5m")));
        Assert.Throws<UsageException>(() => ScenarioCatalog.Create("soak", Given("hours", "0.01")));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 1)]
    [InlineData(4, 8)]
    [InlineData(5, 15)]
    [InlineData(1_000, 15)]
    public void After_SoManyFailures_IsAnyTimeUpToACeiling(int failures, double ceiling)
    {
        var waits = Enumerable.Range(0, 500).Select(_ => new BackOff().After(failures).TotalSeconds).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, 0, ceiling));
        Assert.InRange(waits.Average(), ceiling * 0.4, ceiling * 0.6);
    }

    private static PhaseResult Rest(string name, double cpuSeconds, long residentKibibytes) => new()
    {
        Name = name,
        IsMeasured = true,
        Seconds = 10,
        Steps = [],
        Processes =
        [
            new ProcessResult("server", "node1", cpuSeconds, residentKibibytes * Kibibyte, 0),
            new ProcessResult("server", "node2", cpuSeconds, residentKibibytes * Kibibyte, 0),
            new ProcessResult("worker", "worker1", 99, 99, 0),
        ],
    };

    private static ScenarioOptions Given(params string[] words) => new(words.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]));
}
