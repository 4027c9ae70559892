using System.Diagnostics;
using CoPilot.LoadRunner.Runs;
using CoPilot.LoadRunner.Workers;
using CoPilot.TestKit;

namespace CoPilot.LoadRunner.Tests.Runs;

/// <summary>With real worker processes and a scenario that asks nothing of a server.</summary>
public sealed class WorkerTests
{
    private static readonly RunPlan Plan = new("generator", new Dictionary<string, string> { ["per-second"] = "500", ["warm-up"] = "200ms", ["during"] = "1s" })
    {
        System = "none",
    };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task RunAsync_WithSoManyWorkers_DoesTheWholeLoad(int workers)
    {
        var result = await new Coordinator(Plan with { Workers = workers }, new NoProgress()).RunAsync(CancellationToken.None).Within();

        Assert.True(result.IsGood, string.Join('\n', result.Correctness.Failures));
        Assert.Equal(["preparation", "warm-up", "even"], result.Phases.Select(phase => phase.Name));
        Assert.Equal([false, false, true], result.Phases.Select(phase => phase.IsMeasured));
        Assert.Equal([100, 500], result.Phases.Skip(1).Select(phase => phase.Steps.Single(step => step.Name == "start").Ok));
        Assert.Equal([0, 100, 500], result.Phases.Select(phase => phase.Counters.Single().Count));
        Assert.Equal((600, 600, 0), (result.Correctness.Sent, result.Correctness.Delivered, result.Correctness.Lost));
        Assert.Equal("500", result.Options["per-second"]);
        Assert.Equal(workers, result.Phases[2].Processes.Count(process => process.Role == "worker"));
        Assert.Equal(500, result.Phases[2].Series.Where(point => point.Step == "start").Sum(point => point.Ok));
        Assert.Contains(result.Phases[2].Steps, step => step.Name == WorkerContext.Lateness);
    }

    [Fact]
    public async Task AskAsync_WhenAWorkerDies_FailsWithoutWaitingForTheOthers()
    {
        await using var workforce = new Workforce();
        await workforce.StartAsync(Plan with { Workers = 2 }, new Target("none", [], [], []), _ => { });
        await workforce.AskAsync<PhaseEnded>(new PrepareOrder(), TimeSpan.FromMinutes(5), CancellationToken.None).Within();
        var hour = Stopwatch.GetTimestamp() + (3_600 * Stopwatch.Frequency);
        var waiting = workforce.AskAsync<PhaseEnded>(new PhaseOrder(1, hour), TimeSpan.FromMinutes(5), CancellationToken.None);

        Process.GetProcessById(workforce.Processes.First().ProcessId).Kill();

        var failure = await Assert.ThrowsAsync<RunFailedException>(() => waiting.Within());
        Assert.Contains("worker1 ended with code 137", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_OfWhatAWorkerCannotDo_SaysWhy()
    {
        await using var workforce = new Workforce();
        await workforce.StartAsync(Plan with { Scenario = "no such thing" }, new Target("none", [], [], []), _ => { });

        var failure = await Assert.ThrowsAsync<RunFailedException>(
            () => workforce.AskAsync<PhaseEnded>(new PrepareOrder(), TimeSpan.FromMinutes(5), CancellationToken.None).Within());

        Assert.Contains("There is no scenario no such thing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_WhenItIsBrokenOff_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var plan = Plan with { Options = new Dictionary<string, string> { ["during"] = "1h" } };
        var running = new Coordinator(plan, new NoProgress()).RunAsync(stop.Token);

        stop.CancelAfter(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Within());
    }
}
