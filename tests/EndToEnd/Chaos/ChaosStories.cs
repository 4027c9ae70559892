using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>
/// Hundreds of conversations over two nodes while something breaks. Afterwards every conversation is read whole and held against what everybody
/// was told: nothing lost, doubled, out of order or invented, nobody with two owners and nobody forgotten.
/// </summary>
[Collection(ChaosCollection.Name)]
public sealed class ChaosStories
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("COPILOT_LONG_TESTS") is { Length: > 0 };

    private static readonly TalkPlan Plan = IsLong ? new(380, 100, TimeSpan.FromSeconds(1)) : new(240, 11, TimeSpan.FromSeconds(1));

    private static readonly TimeSpan FinishLimit = IsLong ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(90);

    [Fact]
    public Task NodeKilledAndStartedAgain_LosesNothing() => TellAsync(async (world, crowd) =>
    {
        await crowd.ReachedAsync(0.25);
        await world.Nodes[1].KillHardAsync();
        await crowd.ReachedAsync(0.5);
        await world.Nodes[1].StartAgainAsync();
    });

    [Fact]
    public Task NodeFrozenAndThawed_LosesNothing() => TellAsync(async (world, crowd) =>
    {
        await crowd.ReachedAsync(0.2);
        world.Nodes[1].Freeze();
        await Task.Delay(TimeSpan.FromSeconds(12), TimeProvider.System);
        world.Nodes[1].Thaw();
    });

    [Fact]
    public Task RedisKilledAndStartedAgain_LosesNothing() => TellAsync(async (world, crowd) =>
    {
        await crowd.ReachedAsync(0.25);
        await world.Redis.KillHardAsync();
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        await world.Redis.StartAgainAsync();
    });

    [Fact]
    public Task ClientsFlapping_LosesNothing() => TellAsync(behindNetwork: true, story: async (world, crowd) =>
    {
        for (var round = 0; round < 8; round++)
        {
            await crowd.ReachedAsync(0.1 * (round + 1));
            var network = world.Nodes[round % 2].Network!;
            network.Cut();
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
            network.Restore();
        }
    });

    private static async Task TellAsync(Func<ChaosWorld, Crowd, Task> story, bool behindNetwork = false, [CallerMemberName] string name = "")
    {
        await using var world = await ChaosWorld.StartAsync(nodes: 2, behindNetwork, "--Sites:demo:Queues:orders:AcceptTimeout=00:00:10");
        await using var crowd = await Crowd.StartAsync(world, Plan);
        var since = Stopwatch.GetTimestamp();
        await story(world, crowd);
        await crowd.FinishAsync(FinishLimit);
        var took = Stopwatch.GetElapsedTime(since);
        var observations = await crowd.ObserveAsync();

        var faults = HistoryChecker.Check(observations);
        ChaosReport.Write(name, crowd, observations, faults, took);
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(50)));
        Assert.Equal(Plan.Conversations, observations.Conversations.Count);
        Assert.True(crowd.Talks.Spoken >= Plan.Messages);
    }
}
