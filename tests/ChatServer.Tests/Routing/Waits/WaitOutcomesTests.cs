using CoPilot.ChatServer.Routing;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing.Waits;

public sealed class WaitOutcomesTests
{
    [Theory]
    [InlineData(119, WaitOutcomes.Sooner)]
    [InlineData(120, WaitOutcomes.Inside)]
    [InlineData(300, WaitOutcomes.Inside)]
    [InlineData(300.5, WaitOutcomes.Later)]
    public void Of_TwoToFiveMinutes_SaysHowTrueItWas(double waitedSeconds, string outcome) =>
        Assert.Equal(outcome, WaitOutcomes.Of(new WaitRange(120, 300), TimeSpan.FromSeconds(waitedSeconds)));

    [Fact]
    public void WaitEnded_Estimate_IsCountedByQueueAndOutcome()
    {
        using var meters = new TestMeters();
        var metrics = new RoutingMetrics(meters, new ManualTimeProvider());
        var heard = new List<(long, object?, object?, object?)>();
        using var listener = meters.Listen<long>("copilot.wait_estimates", (value, of) => heard.Add((value, of["site"], of["queue"], of["outcome"])));

        metrics.WaitEnded("demo", "orders", new WaitRange(0, 60), TimeSpan.FromSeconds(61));

        Assert.Equal([(1, "demo", "orders", WaitOutcomes.Later)], heard);
    }
}
