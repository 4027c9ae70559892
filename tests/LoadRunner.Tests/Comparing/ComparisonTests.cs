using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Comparing;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Systems;
using CoPilot.LoadRunner.Tests.Results;

namespace CoPilot.LoadRunner.Tests.Comparing;

public sealed class ComparisonTests
{
    [Fact]
    public void Steps_OfAPlan_GoThereAndBackAgain()
    {
        var plan = Plan("copilot,signalr", "1000,3000", repeats: 3);

        Assert.Equal(
            ["copilot-1000-1", "signalr-1000-1", "signalr-1000-2", "copilot-1000-2", "copilot-1000-3", "signalr-1000-3"],
            plan.Steps.Take(6).Select(step => Path.GetFileNameWithoutExtension(step.FileName)));
        Assert.Equal(12, plan.Steps.Count());
        Assert.All(plan.Steps.Take(6), step => Assert.Equal("1000", plan.RunOf(step).Options["rate"]));
    }

    [Fact]
    public void Steps_WithIdleConnections_EndWithThemAtMostTwice()
    {
        var plan = Plan("copilot,signalr", "1000", repeats: 3, idle: 5_000);

        var idle = plan.Steps.Skip(6).ToList();
        Assert.Equal(
            ["copilot-idle-5000-1", "signalr-idle-5000-1", "signalr-idle-5000-2", "copilot-idle-5000-2"], idle.Select(step => Path.GetFileNameWithoutExtension(step.FileName)));
        Assert.Equal(["idle connections=5000"], idle.Select(plan.RunOf).Select(run => $"{run.Scenario} {string.Join(' ', run.Options.Select(option => $"{option.Key}={option.Value}"))}").Distinct());
    }

    [Fact]
    public void Report_WithIdleConnections_HasTheMemoryOfEach()
    {
        var plan = Plan("copilot,signalr", "1000", repeats: 2, idle: 100);
        var text = ComparisonReport.Text(new Comparison(
            plan,
            [
                (new IdleStep("copilot", 100, 1), ResultSamples.Idle("copilot", kibibytes: 20, nodes: 2)),
                (new IdleStep("copilot", 100, 2), ResultSamples.Idle("copilot", kibibytes: 24, nodes: 2)),
                (new IdleStep("signalr", 100, 1), ResultSamples.Idle("signalr", kibibytes: 11, nodes: 1)),
            ]));

        Assert.Contains("**Server memory of each of 100 idle connections", text, StringComparison.Ordinal);
        Assert.Contains("| copilot | 2 | 22.0 (20.0..24.0) |", text, StringComparison.Ordinal);
        Assert.Contains("| signalr | 1 | 11.0 |", text, StringComparison.Ordinal);
        Assert.Contains("| copilot : signalr |  | 2.00 |", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "1000")]
    [InlineData("copilot", "fast")]
    [InlineData("copilot", "-5")]
    public void Plan_WithWhatThereIsNot_IsRefused(string systems, string rates) =>
        Assert.Throws<UsageException>(() => Plan(systems, rates, repeats: 1));

    [Fact]
    public void Spread_OfRepeats_IsTheirMedianAndEnds()
    {
        Assert.Equal(new Spread(3, 1, 9), Spread.Of([9, 1, 3]));
        Assert.Equal(new Spread(2, 1, 3), Spread.Of([3, 1, double.NaN]));
        Assert.True(double.IsNaN(Spread.Of([]).Median));
    }

    [Fact]
    public void Report_OfTwoSystems_HasCpuForEachDeliveryAndTheRatio()
    {
        var plan = Plan("copilot,signalr", "1000", repeats: 1);
        var text = ComparisonReport.Text(new Comparison(
            plan,
            [
                (new ChatStep("copilot", 1000, 1), ResultSamples.Chat("copilot", deliveryMs: 4, serverCpuSeconds: 0.02)),
                (new ChatStep("signalr", 1000, 1), ResultSamples.Chat("signalr", deliveryMs: 200, serverCpuSeconds: 0.01)),
            ]));

        Assert.Contains("| copilot | 200 |", text, StringComparison.Ordinal);
        Assert.Contains("| signalr | 100 |", text, StringComparison.Ordinal);
        Assert.Contains("| copilot : signalr | 2.00 |", text, StringComparison.Ordinal);
        Assert.Contains("| signalr | none |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_WithRedisKilled_AreOfSystemsThatHaveOneThatKeepsSomething()
    {
        var plan = Plan("copilot,signalr,socketio-redis", "1000", repeats: 5, killRate: 500);

        var killed = plan.Steps.Skip(15).ToList();
        Assert.Equal(
            ["copilot-redis-killed-500-1", "socketio-redis-redis-killed-500-1", "socketio-redis-redis-killed-500-2", "copilot-redis-killed-500-2"],
            killed.Select(step => Path.GetFileNameWithoutExtension(step.FileName)));
        Assert.All(killed.Select(plan.RunOf), run => Assert.Equal(("redis", "500", RedisDurability.Always), (run.Options["kill"], run.Options["rate"], run.SystemOptions.Redis)));
        Assert.Equal(RedisDurability.None, plan.RunOf(plan.Steps.First()).SystemOptions.Redis);
    }

    [Fact]
    public void Report_WithRedisKilled_HasWhatWasLost()
    {
        var plan = Plan("copilot,signalr,socketio-redis", "1000", repeats: 2, killRate: 500);
        var text = ComparisonReport.Text(new Comparison(
            plan,
            [
                (new RedisKilledStep("socketio-redis", 500, 1), ResultSamples.Killed("socketio-redis", said: 2_000, acknowledged: 1_990, lost: 40)),
                (new RedisKilledStep("socketio-redis", 500, 2), ResultSamples.Killed("socketio-redis", said: 2_000, acknowledged: 1_980, lost: 2)),
            ]));

        Assert.Contains("**Messages lost when Redis is killed in mid-run, 500 a second**", text, StringComparison.Ordinal);
        Assert.Contains("| copilot | 0 |  |  |  |  |  |", text, StringComparison.Ordinal);
        Assert.Contains("| signalr | – | – | – | – | – | – |", text, StringComparison.Ordinal);
        Assert.Contains("| socketio-redis | 2 | 4,000 | 3,970 | 42 | 0 | 6 |", text, StringComparison.Ordinal);
        Assert.Contains("`--redis always`", text, StringComparison.Ordinal);
    }

    [Fact]
    public void HighestFastRate_OfASystemThatLoses_IsNone()
    {
        var comparison = new Comparison(
            Plan("signalr", "1000", repeats: 1), [(new ChatStep("signalr", 1000, 1), ResultSamples.Chat("signalr", deliveryMs: 4, serverCpuSeconds: 0.01, lost: 1))]);

        Assert.Null(comparison.HighestFastRate("signalr"));
    }

    private static ComparePlan Plan(string systems, string rates, int repeats, int idle = 0, int killRate = 0) => ComparePlan.Read(
        new ScenarioOptions(new Dictionary<string, string>
        {
            ["systems"] = systems,
            ["rates"] = rates,
            ["repeats"] = $"{repeats}",
            ["idle"] = $"{idle}",
            ["kill-rate"] = $"{killRate}",
        }),
        new Dictionary<string, string>());
}
