using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Runs;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Tests.Runs;

public sealed class StepTotalsTests
{
    [Fact]
    public void Steps_OfSeveralWorkers_AreAddedUp()
    {
        var totals = new StepTotals(
        [
            new PhaseText([Told("send", [10, 20], ("stale", 2))], new Dictionary<string, long> { ["deliveries"] = 5 }),
            new PhaseText([Told("send", [30], ("stale", 1), ("internal", 4)), Told("join", [1])], new Dictionary<string, long> { ["deliveries"] = 6 }),
        ]);

        var send = totals.Steps.Single(step => step.Name == "send");
        Assert.Equal((3, 0.03), (send.Ok, send.MaxMs));
        Assert.Equal([new FailureCount("internal", 4), new FailureCount("stale", 3)], send.Failed);
        Assert.Equal(1, totals.Steps.Single(step => step.Name == "join").Ok);
        Assert.Equal([new CounterResult("deliveries", 11)], totals.Counters);
    }

    [Fact]
    public void Add_OfASecond_IsAPointWhenAllWorkersToldIt()
    {
        var view = new PhaseView(workers: 2);

        view.Add(new SecondPassed(1, 1, [Told("send", [1_000, 2_000])]));
        Assert.Empty(view.Points);
        view.Add(new SecondPassed(1, 2, [Told("send", [9_000])]));
        view.Add(new SecondPassed(1, 1, [Told("send", [3_000], ("stale", 1))]));

        Assert.Equal([(1.0, 3L, 1L)], view.Points.Select(point => (point.Second, point.Ok, point.Failed)));
        Assert.Equal((3, 1, 3), (view.Steps[0].Ok, view.Steps[0].Failed, view.Steps[0].LastSecond));
        view.End();
        Assert.Equal([1.0, 2.0], view.Points.Select(point => point.Second));
        Assert.Equal(4, view.Steps[0].Ok);
    }

    private static StepText Told(string name, long[] microseconds, params (string Code, long Times)[] failed)
    {
        var latency = new LatencyHistogram();
        foreach (var each in microseconds)
        {
            latency.AddMicroseconds(each);
        }

        return new StepText(name, latency.Encode(), failed.ToDictionary(each => each.Code, each => each.Times));
    }
}
