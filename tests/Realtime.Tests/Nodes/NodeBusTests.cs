using System.Collections.Concurrent;
using CoPilot.Realtime.Nodes;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Nodes;

public sealed class NodeBusTests : IAsyncLifetime
{
    private readonly LogWatcher _log = new();
    private readonly TestMeters _meters = new();
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        _meters.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Publish_ToAnotherNode_ArrivesThereInOrder()
    {
        await using var one = await TestNode.StartReadyAsync(_redis, "one", _log);
        await using var two = await TestNode.StartReadyAsync(_redis, "two", _log);

        // Not awaited one by one: the order is that of the calls.
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => one.PublishAsync(two, $"hello {i}")).ToList());

        for (var i = 0; i < 500; i++)
        {
            Assert.Equal($"hello {i}", await two.NextAsync());
        }
    }

    [Fact]
    public async Task Recovery_ThatFails_IsRunAgainUntilItSucceeds()
    {
        _log.Expect("cannot reach Redis");
        _log.Expect("Making good what node");
        await using var node = await TestNode.StartAsync(_redis, "one", _log, recovery => recovery switch
        {
            1 => throw new StoreUnavailableException("not yet"),
            2 => throw new InvalidOperationException("broken"),
            _ => Task.CompletedTask,
        });

        await node.ReadyAsync();

        Assert.Equal(3, node.Recoveries);
    }

    [Fact]
    public async Task Recovery_WhileAnotherFails_IsRunAndToldThatNothingWasMissedSince()
    {
        _log.Expect("cannot reach Redis");
        var rounds = new ConcurrentQueue<long>();
        var isAway = true;
        await using var node = await TestNode.StartAsync(
            _redis,
            "one",
            _log,
            _ => Volatile.Read(ref isAway) ? throw new StoreUnavailableException("not yet") : Task.CompletedTask,
            prepare: bus => bus.OnRecovery((round, _) =>
            {
                rounds.Enqueue(round);
                return Task.CompletedTask;
            }));

        await Eventually.TrueAsync(() => rounds.TakeLast(2).Distinct().Count() < Math.Min(rounds.Count, 2));
        Assert.False(node.Bus.IsReady);
        var latest = rounds.Last();

        // What is killed took frames with it.
        await _redis.KillClientsAsync("pubsub");
        await Eventually.TrueAsync(() => rounds.Last() > latest);
        Volatile.Write(ref isAway, false);
        await node.ReadyAsync();
    }

    [Fact]
    public async Task Recovery_OfAQuietNode_IsRunOnce()
    {
        await using var one = await TestNode.StartReadyAsync(_redis, "one", _log);
        await using var two = await TestNode.StartReadyAsync(_redis, "two", _log);

        await Eventually.TrueAsync(() => one.Bus.LiveNodes.Count == 2 && two.Bus.LiveNodes.Count == 2);

        Assert.Equal((1, 1), (one.Recoveries, two.Recoveries));
        Assert.True(one.Bus.IsReady);
    }

    [Fact]
    public async Task Recovery_WhileOneRuns_FollowsAloneAndTheHeartbeatGoesOn()
    {
        _log.Expect("cannot reach Redis");
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var node = await TestNode.StartAsync(_redis, "one", _log, recovery => recovery == 1 ? slow.Task : Task.CompletedTask);
        await using var other = await TestNode.StartReadyAsync(_redis, "two", _log);
        await Eventually.TrueAsync(() => node.Recoveries == 1);

        // Another doubt, and a recovery that takes longer than a node may be silent.
        Assert.True(await _redis.KillClientsAsync("pubsub") > 0);
        await Task.Delay(TestNode.Times.DeadAfter * 1.5, TimeProvider.System);

        Assert.False(node.Bus.IsReady);
        Assert.Contains(node.Bus.NodeId, other.Bus.LiveNodes);
        Assert.Empty(other.Lost);
        Assert.Equal(1, node.Recoveries);
        slow.SetResult();
        await Eventually.TrueAsync(() => node.Recoveries >= 2 && node.Bus.IsReady);
    }

    [Fact]
    public async Task Subscription_Killed_IsNoticedAndMadeGood()
    {
        _log.Expect("cannot reach Redis");
        await using var one = await TestNode.StartReadyAsync(_redis, "one", _log);
        await using var two = await TestNode.StartReadyAsync(_redis, "two", _log);

        Assert.NotEqual(0, await _redis.KillClientsAsync("pubsub"));

        await Eventually.TrueAsync(() => two.Recoveries >= 2 && two.Bus.IsReady);

        await one.HeardByAsync(two, "again");
    }

    [Fact]
    public async Task Heartbeat_ThatIsMissingInTheRow_MeansLoss()
    {
        await using var node = await TestNode.StartReadyAsync(_redis, "one", _log);

        // As if those between had been lost: number 0x41414141.
        await _redis.CommandAsync("PUBLISH", node.ChannelName, "\u0001\0\0\0\0\0AAAA");

        await Eventually.TrueAsync(() => node.Recoveries >= 2 && node.Bus.IsReady);
    }

    [Fact]
    public async Task Heartbeat_ThatRedisRefuses_GoesOnWithTheNext()
    {
        _log.Expect("The heartbeat of node");
        _log.Expect("Making good what node");
        const string Live = TestNode.Prefix + ":{nodes}:live";
        await using var node = await TestNode.StartReadyAsync(_redis, "one", _log);

        await _redis.CommandAsync("SET", Live, "no list of nodes");
        await Eventually.TrueAsync(() => _log.Lines.Any(line => line.Text.Contains("The heartbeat of node", StringComparison.Ordinal)));
        await _redis.CommandAsync("DEL", Live);
        await Eventually.TrueAsync(() => node.Bus.IsReady);

        // Only a heartbeat notices that the node is not on the list.
        var recoveries = node.Recoveries;
        await _redis.CommandAsync("DEL", Live);
        await Eventually.TrueAsync(() => node.Recoveries > recoveries && node.Bus.IsReady);
    }

    [Fact]
    public async Task Queue_OfWhatTheLibraryHears_FullMeansLossAndIsMadeGood()
    {
        using var gate = new ManualResetEventSlim();
        await using var one = await TestNode.StartReadyAsync(_redis, "one", _log);
        await using var two = await TestNode.StartAsync(
            _redis, "two", _log, times: TestNode.Times with { QueueLength = 8 }, prepare: bus => bus.Handle(TestNode.Greeting, _ => gate.Wait()), byLibrary: true);
        await two.ReadyAsync();

        for (var i = 0; i < 20; i++)
        {
            await one.PublishAsync(two, "flood");
        }

        await Eventually.TrueAsync(() => !two.Bus.IsReady);
        gate.Set();
        await Eventually.TrueAsync(() => two.Recoveries >= 2 && two.Bus.IsReady);
    }

    [Fact]
    public async Task Handler_ThatTakesItsTime_HoldsRedisBackAndLosesNothing()
    {
        using var gate = new ManualResetEventSlim();
        var handled = 0;
        await using var one = await TestNode.StartReadyAsync(_redis, "one", _log);
        await using var two = await TestNode.StartAsync(
            _redis,
            "two",
            _log,
            times: TestNode.Times with { QueueLength = 8 },
            prepare: bus => bus.Handle(TestNode.Greeting, _ =>
            {
                gate.Wait();
                Interlocked.Increment(ref handled);
            }));
        await two.ReadyAsync();
        var recoveries = two.Recoveries;

        for (var i = 0; i < 20; i++)
        {
            await one.PublishAsync(two, "flood");
        }

        gate.Set();
        await Eventually.TrueAsync(() => Volatile.Read(ref handled) == 20);
        Assert.Equal(recoveries, two.Recoveries);
    }

    [Fact]
    public async Task Handler_ThatThrows_CostsARecoveryAndNotThePump()
    {
        _log.Expect("Handling a message of kind 65 failed");
        await using var one = await TestNode.StartReadyAsync(_redis, "one", _log);
        await using var two = await TestNode.StartAsync(
            _redis, "two", _log, prepare: bus => bus.Handle(TestNode.Greeting + 1, _ => throw new InvalidOperationException("broken")));
        await two.ReadyAsync();

        await one.Bus.PublishAsync(two.Bus.NodeId, NodeFrame.Make(TestNode.Greeting + 1, [])).Within();
        await one.PublishAsync(two, "after");

        Assert.Equal("after", await two.NextAsync());
        await Eventually.TrueAsync(() => two.Recoveries >= 2 && two.Bus.IsReady);
    }

    [Fact]
    public async Task Frames_OfUnknownVersionOrKind_AreSkipped()
    {
        await using var one = await TestNode.StartReadyAsync(_redis, "one", _log);
        await using var two = await TestNode.StartReadyAsync(_redis, "two", _log);

        await _redis.CommandAsync("PUBLISH", two.ChannelName, "\u0002@of a later version");
        await _redis.CommandAsync("PUBLISH", two.ChannelName, "\u0001\u007fof an unknown kind");
        await _redis.CommandAsync("PUBLISH", two.ChannelName, "\u0001");
        await _redis.CommandAsync("PUBLISH", two.ChannelName, "");
        await one.PublishAsync(two, "known");

        Assert.Equal("known", await two.NextAsync());
        Assert.Equal(1, two.Recoveries);
    }

    [Fact]
    public async Task Node_TakenOffTheList_RecoversAndIsOnItAgain()
    {
        await using var node = await TestNode.StartReadyAsync(_redis, "one", _log);

        await _redis.CommandAsync("ZREM", TestNode.Prefix + ":{nodes}:live", node.Bus.NodeId);

        await Eventually.TrueAsync(() => node.Recoveries >= 2 && node.Bus.IsReady);
        Assert.Contains(node.Bus.NodeId, node.Bus.LiveNodes);
    }

    [Fact]
    public async Task Node_ThatDies_IsMissedAfterAWhileAndOneThatStopsAtOnce()
    {
        _log.Expect("cannot reach Redis");
        await using var one = await TestNode.StartReadyAsync(_redis, "one", _log);
        await using var dying = await TestNode.StartReadyAsync(_redis, "dying", _log);
        var stopping = await TestNode.StartReadyAsync(_redis, "stopping", _log);
        await Eventually.TrueAsync(() => one.Bus.LiveNodes.Count == 3);
        Assert.True(one.Bus.IsAlive(stopping.Bus.NodeId));

        await stopping.DisposeAsync();

        var live = (object?[])(await _redis.CommandAsync("ZRANGE", TestNode.Prefix + ":{nodes}:live", "0", "-1"))!;
        Assert.DoesNotContain(stopping.Bus.NodeId, live.Cast<string>());
        await Eventually.TrueAsync(async () => (long)((object?[])(await _redis.CommandAsync("PUBSUB", "NUMSUB", stopping.ChannelName))!)[1]! == 0);
        await dying.DieAsync();
        await Eventually.TrueAsync(() => one.Lost.Count == 2);
        Assert.Equal(new[] { dying.Bus.NodeId, stopping.Bus.NodeId }.Order(), one.Lost.Order());
        await Eventually.TrueAsync(() => !one.Bus.IsAlive(dying.Bus.NodeId) && !one.Bus.IsAlive(stopping.Bus.NodeId));
    }

    [Fact]
    public async Task Stop_WhoseFarewellRedisRefuses_SaysSoOnceAndEnds()
    {
        _log.Expect("The heartbeat of node");
        _log.Expect("Making good what node");
        _log.Expect("could not take its leave");
        var node = await TestNode.StartReadyAsync(_redis, "one", _log);
        await _redis.CommandAsync("SET", TestNode.Prefix + ":{nodes}:live", "no list of nodes");

        await node.DisposeAsync();

        Assert.Single(_log.Lines, line => line.Text.Contains("could not take its leave", StringComparison.Ordinal));
    }

    [Fact]
    public async Task IsReady_WhileRedisIsAway_IsFalseAndTheLogSaysSoOnce()
    {
        _log.Expect("cannot reach Redis");
        _log.Expect("is out of reach");
        await using var one = await TestNode.StartReadyAsync(_redis, "one", _log);
        await using var two = await TestNode.StartReadyAsync(_redis, "two", _log);
        await Eventually.TrueAsync(() => one.Bus.LiveNodes.Count == 2);

        await _redis.KillHardAsync();
        await Eventually.TrueAsync(() => !one.Bus.IsReady);
        await Task.Delay(TestNode.Times.DeadAfter, TimeProvider.System);

        // Who cannot ask declares nobody dead.
        Assert.True(one.Bus.IsAlive(two.Bus.NodeId));
        int SaidAway() => _log.Lines.Count(line => line.Text.Contains("cannot reach Redis", StringComparison.Ordinal));
        await Eventually.TrueAsync(() => SaidAway() >= 2);
        Assert.Equal(2, SaidAway());
        await _redis.StartAgainAsync();
        await Eventually.TrueAsync(() => one.Bus.IsReady && two.Bus.IsReady);
        await one.HeardByAsync(two, "again");
        Assert.Empty(one.Lost);
    }

    [Fact]
    public async Task Metrics_OfABus_CountFramesDoubtsAndRecoveries()
    {
        _log.Expect("cannot reach Redis");
        var (received, doubts, recoveries) = (0L, 0L, 0L);
        using var listenReceived = _meters.Listen<long>("copilot.nodes.frames_received", count => Interlocked.Add(ref received, count));
        using var listenDoubts = _meters.Listen<long>("copilot.nodes.doubts", count => Interlocked.Add(ref doubts, count));
        using var listenRecoveries = _meters.Listen<long>("copilot.nodes.recoveries", count => Interlocked.Add(ref recoveries, count));
        var live = 0;
        using var listenLive = _meters.Listen<int>("copilot.nodes.live", count => live = count);
        await using var node = await TestNode.StartAsync(_redis, "one", _log, meters: _meters);
        await node.ReadyAsync();

        await _redis.KillClientsAsync("pubsub");

        await Eventually.TrueAsync(() => Volatile.Read(ref recoveries) >= 2 && Volatile.Read(ref doubts) >= 1 && Volatile.Read(ref received) >= 2);
        listenLive.RecordObservableInstruments();
        Assert.Equal(1, live);
    }
}
