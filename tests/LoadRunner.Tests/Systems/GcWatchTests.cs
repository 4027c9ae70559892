using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Systems;
using CoPilot.TestKit;

namespace CoPilot.LoadRunner.Tests.Systems;

public sealed class GcWatchTests
{
    [Fact]
    public async Task Pauses_OfThisProcessAfterACollection_AreTold()
    {
        await using var watch = new GcWatch();
        Assert.Empty(watch.PausesOf(Environment.ProcessId)!);

        await Eventually.TrueAsync(() =>
        {
            GC.Collect();
            return watch.PausesOf(Environment.ProcessId)!.Length > 0;
        });

        Assert.All(watch.PausesOf(Environment.ProcessId)!, pause => Assert.InRange(pause, 0, 60_000));
    }

    [Fact]
    public async Task Pauses_OfAnotherProgram_AreNotKnown()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var watch = new GcWatch();

        Assert.Null(watch.PausesOf(redis.ProcessId));
    }

    [Fact]
    public async Task Dispose_AfterTheProcessWasKilled_Ends()
    {
        var watch = new GcWatch();
        await using (var server = await SignalRSystem.StartAsync("signalr", isInline: false, new SystemOptions { Nodes = 1 }, ScenarioNeeds.Nothing))
        {
            Assert.NotNull(watch.PausesOf(server.Processes[0].ProcessId));
            await server.KillNodeAsync(0);
            Assert.Empty(server.Processes);
        }

        await watch.DisposeAsync().AsTask().Within();
    }
}
