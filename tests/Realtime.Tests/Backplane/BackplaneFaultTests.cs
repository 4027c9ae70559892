using System.Collections.Concurrent;
using System.Diagnostics;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Backplane;

/// <summary>Redis restarted, away and cut off, and nodes that die. Each test has a Redis of its own, which the test may harm.</summary>
public sealed class BackplaneFaultTests : IAsyncLifetime
{
    private const string Prefix = "test";

    private readonly LogWatcher _log = new();
    private readonly List<IAsyncDisposable> _started = [];

    /// <summary>Of the numbers that were sent until they arrived: it may come more than once, and none of before it.</summary>
    private readonly ConcurrentDictionary<HubPeer, int> _lastArrived = [];
    private RedisServer _redis = null!;
    private BackplaneNode _one = null!;
    private BackplaneNode _two = null!;

    public async ValueTask InitializeAsync()
    {
        _log.Expect("cannot reach Redis");
        _log.Expect("is out of reach");
        _log.Expect("Redis did not take what this node has members of");
        _redis = await RedisServer.StartAsync();
        _one = await StartNodeAsync("one");
        _two = await StartNodeAsync("two");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var started in Enumerable.Reverse(_started))
        {
            await started.DisposeAsync();
        }

        await _redis.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Redis_RestartedEmpty_EverybodyIsFoundAgain()
    {
        var (one, two) = (await ConnectAsync(_one, "ada"), await ConnectAsync(_two, "grace"));
        await _one.Manager.AddToGroupAsync(one.Id, "name").Within();
        await _one.Manager.AddToGroupAsync(two.Id, "name").Within();

        await _redis.KillHardAsync();
        await _redis.StartAgainAsync();

        await ReadyAgainAsync();
        await ArrivesAsync(1, number => _two.Manager.SendConnectionAsync(one.Id, "Hello", [number]), one);
        await ArrivesAsync(2, number => _two.Manager.SendUserAsync("ada", "Hello", [number]), one);
        await ArrivesAsync(3, number => _two.Manager.SendGroupAsync("name", "Hello", [number]), one, two);
        await ArrivesAsync(4, number => _two.Manager.SendAllAsync("Hello", [number]), one, two);
    }

    [Fact]
    public async Task Redis_Away_LocalPartsGoOnAndTheRestComesBack()
    {
        var (one, two) = (await ConnectAsync(_one), await ConnectAsync(_two));
        await _one.Manager.AddToGroupAsync(one.Id, "name").Within();
        await _redis.KillHardAsync();
        await Eventually.TrueAsync(() => !_one.Bus.IsReady && !_two.Bus.IsReady);

        // What needs Redis says so at once, after what does not need it was done. The limits of five commands would come to more.
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _one.Manager.SendGroupAsync("name", "Hello", [1]).Within());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _one.Manager.SendAllAsync("Hello", [2]).Within());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _one.Manager.SendConnectionAsync(two.Id, "Hello", [3]).Within());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _one.Manager.AddToGroupAsync(one.Id, "other").Within());
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _one.Manager.InvokeConnectionAsync<int>(two.Id, "Hello", [4], CancellationToken.None).Within());
        await _one.Manager.SendConnectionAsync(one.Id, "Hello", [5]).Within();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await AssertNumbersAsync(one, 1, 2, 5);

        // Coming, going and leaving groups goes on.
        var (newcomer, left) = (await ConnectAsync(_one, "ada"), await ConnectAsync(_one, "gone"));
        await _one.DisconnectAsync(left);

        await Eventually.TrueAsync(() => _log.Lines.Count(line => line.Text.Contains("cannot reach Redis", StringComparison.Ordinal)) >= 2);
        Assert.Equal(2, _log.Lines.Count(line => line.Text.Contains("cannot reach Redis", StringComparison.Ordinal)));

        await _redis.StartAgainAsync();
        await ReadyAgainAsync();
        await ArrivesAsync(6, number => _two.Manager.SendUserAsync("ada", "Hello", [number]), newcomer);
        await ArrivesAsync(7, number => _two.Manager.SendGroupAsync("other", "Hello", [number]), one);
        Assert.DoesNotContain("u:gone", await RedisFields.OfAsync(_redis, Prefix));
    }

    [Fact]
    public async Task Redis_Frozen_SendsFailInTimeAndComeBack()
    {
        var (one, two) = (await ConnectAsync(_one), await ConnectAsync(_two));
        _redis.Freeze();
        try
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => _one.Manager.SendAllAsync("Hello", [1]).Within());
            await AssertNumbersAsync(one, 1);
        }
        finally
        {
            _redis.Thaw();
        }

        await ReadyAgainAsync();

        // What Redis had received when it froze it may have published after the thaw.
        _lastArrived[two] = 1;
        await ArrivesAsync(2, number => _one.Manager.SendConnectionAsync(two.Id, "Hello", [number]), two);
    }

    [Fact]
    public async Task Subscriptions_CutInMidMessage_LoseSomeButNeitherDoubleNorReorder()
    {
        const int Last = 2_000;
        var two = await ConnectAsync(_two);
        await _one.Manager.AddToGroupAsync(two.Id, "name").Within();

        var filling = new string('x', 4_000);
        for (var i = 0; i < Last; i++)
        {
            if (i % 500 == 250)
            {
                await _redis.KillClientsAsync("pubsub").Within();
            }

            await _one.Manager.SendGroupAsync("name", "Number", [i, filling]).Within();
        }

        await ReadyAgainAsync();
        var reading = ReadRisingUntilAsync(two, Last);
        await Eventually.TrueAsync(async () =>
        {
            await _one.Manager.SendGroupAsync("name", "Number", [Last, ""]).Within();
            return reading.IsCompleted;
        });
        await reading.Within();
    }

    [Fact]
    public async Task DeadNodes_WhatTheyLeft_IsTakenOutByOneOfTheLiving()
    {
        var three = await StartNodeAsync("three");
        var survivor = await ConnectAsync(_one, "ada");
        await _one.Manager.AddToGroupAsync(survivor.Id, "shared").Within();
        for (var i = 0; i < 300; i++)
        {
            var peer = await ConnectAsync(three, $"user {i}");
            await three.Manager.AddToGroupAsync(peer.Id, i % 2 == 0 ? "shared" : $"group {i}").Within();
        }

        await three.DieAsync();
        await Eventually.TrueAsync(() => !_one.Bus.IsAlive(three.Bus.NodeId) && !_two.Bus.IsAlive(three.Bus.NodeId));
        await Eventually.TrueAsync(async () =>
        {
            await _one.TendAsync();
            await _two.TendAsync();
            return !(await RedisFields.EntriesAsync(_redis, Prefix)).Exists(entry => entry.Nodes.Contains(three.Bus.NodeId, StringComparison.Ordinal));
        });

        Assert.Equal(["c:" + survivor.Id, "g:shared", "u:ada"], (await RedisFields.OfAsync(_redis, Prefix)).Order(StringComparer.Ordinal));
        await _two.Manager.SendGroupAsync("shared", "Hello", [1]).Within();
        await AssertNumbersAsync(survivor, 1);
    }

    [Fact]
    public async Task DeadNodes_InTheWayOfAMessage_AreTakenOutByItsSender()
    {
        var three = await StartNodeAsync("three");
        var peer = await ConnectAsync(three);
        await three.Manager.AddToGroupAsync(peer.Id, "name").Within();
        await three.DieAsync();

        await Eventually.TrueAsync(async () =>
        {
            await _one.Manager.SendGroupAsync("name", "Hello", [1]).Within();
            return !(await RedisFields.OfAsync(_redis, Prefix)).Contains("g:name");
        });

        // A connection of a dead node is one that does not exist.
        await _one.Manager.AddToGroupAsync(peer.Id, "other").Within();
        await Assert.ThrowsAsync<IOException>(() => _one.Manager.InvokeConnectionAsync<int>(peer.Id, "Ask", [1], CancellationToken.None).Within());
        Assert.DoesNotContain("c:" + peer.Id, await RedisFields.OfAsync(_redis, Prefix));
    }

    [Fact]
    public async Task Node_TakenForDead_EntersEverythingAnew()
    {
        var one = await ConnectAsync(_one);
        foreach (var key in (await _redis.KeysAsync()).Where(key => key.EndsWith(":members", StringComparison.Ordinal)))
        {
            await _redis.CommandAsync("DEL", key).Within();
        }

        await _redis.CommandAsync("ZREM", Prefix + ":{nodes}:live", _one.Bus.NodeId).Within();

        await Eventually.TrueAsync(async () => (await RedisFields.OfAsync(_redis, Prefix)).Contains("c:" + one.Id));
    }

    [Fact]
    public async Task ErrorFromConnectionFactoryLogsAndAllowsDisconnect()
    {
        using var unused = PortLease.Take();
        var alone = await BackplaneNode.StartAsync($"127.0.0.1:{unused.Number}", Prefix, "alone", _log, waitUntilReady: false);
        _started.Add(alone);

        var peer = await ConnectAsync(alone, "ada");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => alone.Manager.SendUserAsync("ada", "Hello", [1]).Within());
        await AssertNumbersAsync(peer, 1);
        await alone.DisconnectAsync(peer);
    }

    private async Task<BackplaneNode> StartNodeAsync(string name)
    {
        var node = await BackplaneNode.StartAsync(_redis.Configuration, Prefix, name, _log);
        _started.Add(node);
        return node;
    }

    private async Task<HubPeer> ConnectAsync(BackplaneNode node, string? user = null)
    {
        var peer = await node.ConnectAsync(user);
        _started.Add(peer);
        return peer;
    }

    /// <summary>Both have noticed whatever happened, and have made it good.</summary>
    private Task ReadyAgainAsync() => Eventually.TrueAsync(() =>
        _one.Bus.IsReady && _two.Bus.IsReady && _one.Bus.LiveNodes.Contains(_two.Bus.NodeId) && _two.Bus.LiveNodes.Contains(_one.Bus.NodeId));

    /// <summary>Sends it until everybody has read it: right after an outage a subscription may be made anew once more, which costs what is sent at that moment.</summary>
    private async Task ArrivesAsync(int number, Func<int, Task> send, params HubPeer[] peers)
    {
        async Task ReadUntilAsync(HubPeer peer)
        {
            int read;
            while ((read = (await peer.ReadAsync()).Argument.GetInt32()) != number)
            {
                Assert.Equal(_lastArrived.GetValueOrDefault(peer), read);
            }

            _lastArrived[peer] = number;
        }

        var reading = Task.WhenAll(peers.Select(ReadUntilAsync));
        await Eventually.TrueAsync(async () =>
        {
            await send(number).Within();
            return reading.IsCompleted;
        });
        await reading;
    }

    private static async Task ReadRisingUntilAsync(HubPeer peer, int last)
    {
        for (var previous = -1; previous < last;)
        {
            var number = (await peer.ReadAsync()).Argument.GetInt32();
            Assert.True(number > previous, $"{number} after {previous}");
            previous = number;
        }
    }

    private static async Task AssertNumbersAsync(HubPeer peer, params int[] numbers)
    {
        foreach (var number in numbers)
        {
            Assert.Equal(number, (await peer.ReadAsync()).Argument.GetInt32());
        }
    }
}
