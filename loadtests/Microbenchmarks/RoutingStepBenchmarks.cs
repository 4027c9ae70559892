using BenchmarkDotNet.Attributes;
using CoPilot.Contracts;
using CoPilot.RoutingCost;
using CoPilot.TestKit;

namespace CoPilot.Microbenchmarks;

/// <summary>The two steps of routing that everybody takes, against the length of the line; RoutingCost has all of them, and what Redis spends on each.</summary>
[MemoryDiagnoser]
public class RoutingStepBenchmarks
{
    private const int Steps = 16;

    private MeasuredEngine? _engine;
    private Line _line = null!;

    [Params(SqliteEngine.Word, RedisEngine.Word)]
    public string Engine { get; set; } = "";

    [Params(0, 100, 1_000, 10_000)]
    public int InLine { get; set; }

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        // Its clock stands still, so nobody's lease runs out.
        _engine = await MeasuredEngine.OpenAsync(Engine, new LineSites([InLine]), new ManualTimeProvider());
        _line = new Line(_engine.Queue, InLine);
        await _line.FillAsync();
    }

    [GlobalCleanup]
    public async Task CleanUpAsync() => await _engine!.DisposeAsync();

    /// <summary>With what a node does after sixteen of them: it forgets their effects.</summary>
    [Benchmark(Description = "come and leave the line", OperationsPerInvoke = Steps)]
    public async Task ComeAndLeaveAsync()
    {
        for (var i = 0; i < Steps; i++)
        {
            Line.Accepted(await _line.CloseAsync(await _line.EnqueueAsync()));
        }

        await _line.ForgetEffectsAsync();
    }

    [Benchmark(Description = "be offered the first in line and give it back", OperationsPerInvoke = Steps)]
    public async Task BeOfferedAsync()
    {
        for (var i = 0; i < Steps; i++)
        {
            Line.Accepted(await _engine!.Queue.SetStatusAsync(_line.Site, Line.Anna, AgentStatuses.Available));
            Line.Accepted(await _engine.Queue.SetStatusAsync(_line.Site, Line.Anna, AgentStatuses.Away));
        }

        await _line.ForgetEffectsAsync();
    }
}
