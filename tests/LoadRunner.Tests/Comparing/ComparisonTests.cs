using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Comparing;
using CoPilot.LoadRunner.Scenarios;
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
                (new CompareStep("copilot", 1000, 1), ResultSamples.Chat("copilot", deliveryMs: 4, serverCpuSeconds: 0.02)),
                (new CompareStep("signalr", 1000, 1), ResultSamples.Chat("signalr", deliveryMs: 200, serverCpuSeconds: 0.01)),
            ]));

        Assert.Contains("| copilot | 200 |", text, StringComparison.Ordinal);
        Assert.Contains("| signalr | 100 |", text, StringComparison.Ordinal);
        Assert.Contains("| copilot : signalr | 2.00 |", text, StringComparison.Ordinal);
        Assert.Contains("| signalr | none |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void HighestFastRate_OfASystemThatLoses_IsNone()
    {
        var comparison = new Comparison(
            Plan("signalr", "1000", repeats: 1), [(new CompareStep("signalr", 1000, 1), ResultSamples.Chat("signalr", deliveryMs: 4, serverCpuSeconds: 0.01, lost: 1))]);

        Assert.Null(comparison.HighestFastRate("signalr"));
    }

    private static ComparePlan Plan(string systems, string rates, int repeats) => ComparePlan.Read(
        new ScenarioOptions(new Dictionary<string, string> { ["systems"] = systems, ["rates"] = rates, ["repeats"] = $"{repeats}" }),
        new Dictionary<string, string>());
}
