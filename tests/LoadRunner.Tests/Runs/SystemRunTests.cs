using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Runs;
using CoPilot.LoadRunner.Systems;
using CoPilot.TestKit;

namespace CoPilot.LoadRunner.Tests.Runs;

/// <summary>Small runs against real servers: that they end well and count everything, not how fast they are.</summary>
public sealed class SystemRunTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task RunAsync_OfAChatOnTheEmbeddedEngine_DeliversAll()
    {
        var result = await RunAsync(
            "chat", "copilot", nodes: 1, ("conversations", "8"), ("queues", "2"), ("rate", "40"), ("warm-up", "1s"), ("duration", "2s"), ("renewals", "2"));

        Assert.Equal((109, 109), (result.Correctness.Sent, result.Correctness.Delivered));
        Assert.Equal(80, Step(result, "talk", "delivery").Ok);
        Assert.True(result.Phases[^1].Processes.Single(process => process.Role == "server").ResidentBytes > 0);
    }

    [Fact]
    public async Task RunAsync_OfAReconnectStorm_BringsAllBackAndLosesNothing()
    {
        var result = await RunAsync(
            "reconnect", "copilot", nodes: 2, ("customers", "20"), ("rate", "40"), ("calm", "1s"), ("storm", "5s"));

        Assert.Equal(10, Step(result, "storm", "back").Ok);
        Assert.Equal((240, 240), (result.Correctness.Sent, result.Correctness.Delivered));
        Assert.Equal(["server", "redis", "worker"], result.Phases[^1].Processes.Select(process => process.Role).Distinct());
    }

    [Fact]
    public async Task RunAsync_OfAChatWhileRedisIsKilled_LosesNothing()
    {
        var result = await RunAsync(
            "chat", "copilot", nodes: 2, ("conversations", "8"), ("queues", "2"), ("rate", "40"), ("warm-up", "1s"), ("duration", "6s"), ("kill", "redis"), ("away", "1s"));

        Assert.Equal((269, 269), (result.Correctness.Sent, result.Correctness.Delivered));
        Assert.Equal(240, Step(result, "talk", "ack").Ok);
        Assert.True(result.Phases[^1].Counters.Single(counter => counter.Name == "sent again").Count > 0);
    }

    [Fact]
    public async Task RunAsync_OfPagesThatAreShown_DeliversEveryFrameAsItWas()
    {
        var result = await RunAsync(
            "relay", "copilot", nodes: 2, ("sessions", "6"), ("speed", "20"), ("warm-up", "3s"), ("duration", "4s"));

        var seen = Step(result, "relay", "frame seen").Ok;
        Assert.InRange(seen, 600, 1_000);
        Assert.Equal(seen, Step(result, "relay", "frame taken").Ok);
        Assert.Equal(result.Correctness.Sent, result.Correctness.Delivered);
        Assert.Equal(5, result.Figures.Count(figure => figure.Value > 0));
    }

    [Fact]
    public async Task RunAsync_OfIdleConnectionsAtPlainSignalR_ComparesWithNone()
    {
        var result = await RunAsync(
            "idle", "signalr", nodes: 1, ("connections", "10,30"), ("per-second", "20"), ("rest", "1s"));

        Assert.Equal((30, 30), (result.Correctness.Sent, result.Correctness.Delivered));
        Assert.Equal(4, result.Figures.Count);
    }

    [Fact]
    public async Task RunAsync_OfAChatOnPlainSignalR_DeliversAllAndTellsPauses()
    {
        var result = await RunAsync(
            "chat", "signalr", nodes: 1, ("conversations", "8"), ("queues", "2"), ("rate", "40"), ("warm-up", "1s"), ("duration", "2s"));

        Assert.Equal((109, 109), (result.Correctness.Sent, result.Correctness.Delivered));
        Assert.Equal(80, Step(result, "talk", "ack").Ok);
        Assert.NotNull(result.Phases[^1].Processes.Single(process => process.Role == "server").GcPauses);
    }

    private static async Task<RunResult> RunAsync(string scenario, string system, int nodes, params (string Name, string Value)[] options)
    {
        var plan = new RunPlan(scenario, options.ToDictionary(option => option.Name, option => option.Value))
        {
            System = system,
            SystemOptions = new SystemOptions { Nodes = nodes, Redis = RedisDurability.Always },
            Workers = nodes,
            WatchesGarbageCollection = true,
        };
        var result = await new Coordinator(plan, new NoProgress()).RunAsync(CancellationToken.None).Within(Limit);
        Assert.True(result.IsGood, string.Join('\n', result.Correctness.Failures));
        return result;
    }

    private static StepResult Step(RunResult result, string phase, string step) =>
        result.Phases.Single(each => each.Name == phase).Steps.Single(each => each.Name == step);
}
