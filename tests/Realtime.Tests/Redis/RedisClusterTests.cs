using CoPilot.TestKit;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CoPilot.Realtime.Tests.Redis;

public sealed class RedisClusterTests
{
    [Fact]
    public async Task Commands_KeysOfAllMembers_GoToTheirOwners()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var it = await RedisFixture.OpenAsync(cluster.Members[0].Configuration);

        foreach (var key in await KeyOfEachAsync(cluster))
        {
            // A member that never saw the script runs it at its first use.
            Assert.Equal("scripted", await it.EchoAsync(key, "scripted"));
            Assert.Equal("scripted", await it.EchoAsync(key, "scripted"));
            await it.SetAsync(key, "set");
            Assert.Equal("set", await (await cluster.OwnerOfAsync(key)).CommandAsync("GET", key));
        }
    }

    [Fact]
    public async Task Publish_OnAnyMember_IsHeardOnce()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var it = await RedisFixture.OpenAsync(cluster.Configuration);
        var heard = await it.HearAsync("channel");

        foreach (var member in cluster.Members)
        {
            await member.CommandAsync("PUBLISH", "channel", member.Configuration);
            Assert.Equal(member.Configuration, await heard.ReadAsync().AsTask().Within());
        }

        Assert.False(heard.TryRead(out _));
    }

    [Fact]
    public async Task Commands_SlotMoved_Follow()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var it = await RedisFixture.OpenAsync(cluster.Configuration);
        var old = await cluster.OwnerOfAsync("wanderer");
        var target = cluster.Members.First(member => member != old);

        await cluster.MoveSlotAsync(await cluster.SlotOfAsync("wanderer"), target);

        Assert.Equal("here", await it.EchoAsync("wanderer", "here"));
        Assert.Equal("here", await target.CommandAsync("GET", "wanderer"));
    }

    [Fact]
    public async Task Commands_SlotInMigration_AreCarriedOutOrUnavailable()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var it = await RedisFixture.OpenAsync(cluster.Configuration);
        var source = await cluster.OwnerOfAsync("{moving}");
        var target = cluster.Members.First(member => member != source);
        var slot = (await cluster.SlotOfAsync("{moving}")).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await it.SetAsync("{moving}:stays", "1");
        await target.CommandAsync("CLUSTER", "SETSLOT", slot, "IMPORTING", (string)(await source.CommandAsync("CLUSTER", "MYID"))!);
        await source.CommandAsync("CLUSTER", "SETSLOT", slot, "MIGRATING", (string)(await target.CommandAsync("CLUSTER", "MYID"))!);

        // Not there any more: the source answers ASK. Some there and some not: TRYAGAIN.
        Assert.Null(await it.GetAsync("{moving}:gone"));
        await RedisFixture.UnavailableAsync(() => it.Redis.ExecuteAsync("MGET", (RedisKey)"{moving}:stays", (RedisKey)"{moving}:gone"));
    }

    [Fact]
    public async Task Commands_OneOwnerDies_FailForItsKeysOnlyAndComeBack()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var it = await RedisFixture.OpenAsync(cluster.Configuration);
        it.Log.Expect("is out of reach");
        var keys = await KeyOfEachAsync(cluster);
        foreach (var key in keys)
        {
            await it.SetAsync(key, "1");
        }

        var dead = cluster.Members[1];
        await dead.KillHardAsync();
        await Eventually.TrueAsync(() => it.Log.Lines.Any(line => line.Level == LogLevel.Warning));
        for (var i = 0; i < 20; i++)
        {
            await RedisFixture.UnavailableAsync(() => it.GetAsync(keys[1]));
            await RedisFixture.UnavailableAsync(() => it.EchoAsync(keys[1], "2"));
            Assert.Equal("1", await it.GetAsync(keys[0]));
            Assert.Equal("1", await it.GetAsync(keys[2]));
        }

        Assert.True(it.Redis.IsConnected);
        await dead.StartAgainAsync();
        await it.WorksAgainAsync(keys[1]);
        Assert.Single(it.Log.Lines, line => line.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Subscriptions_TheirMemberDies_MoveToAnother()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var it = await RedisFixture.OpenAsync(cluster.Configuration);
        it.Log.Expect("is out of reach");
        var heard = await it.HearAsync("channel");
        RedisServer? host = null;
        foreach (var member in cluster.Members)
        {
            var subscribers = (object?[])(await member.CommandAsync("PUBSUB", "NUMSUB", "channel"))!;
            host = (long)subscribers[1]! == 1 ? member : host;
        }

        await host!.KillHardAsync();

        await RedisFixture.HeardAgainAsync(cluster.Members.First(member => member != host), "channel", heard);
    }

    [Fact]
    public async Task Commands_OneMemberFrozen_OthersGoOn()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var it = await RedisFixture.OpenAsync(cluster.Configuration, TimeSpan.FromSeconds(1));
        it.Log.Expect("is out of reach");
        var keys = await KeyOfEachAsync(cluster);

        cluster.Members[2].Freeze();
        await RedisFixture.UnavailableAsync(() => it.GetAsync(keys[2]), TimeSpan.FromSeconds(1) + RedisFixture.AtOnce);
        await it.WorksAgainAsync(keys[0]);
        await it.WorksAgainAsync(keys[1]);
        await RedisFixture.UnavailableAsync(() => it.GetAsync(keys[2]), TimeSpan.FromSeconds(1) + RedisFixture.AtOnce);

        cluster.Members[2].Thaw();
        await it.WorksAgainAsync(keys[2]);
    }

    private static async Task<string[]> KeyOfEachAsync(RedisCluster cluster)
    {
        var keys = new string[cluster.Members.Count];
        for (var i = 0; keys.Contains(null); i++)
        {
            var key = $"{{key-{i}}}";
            var owner = await cluster.OwnerOfAsync(key);
            keys[cluster.Members.ToList().IndexOf(owner)] ??= key;
        }

        return keys;
    }
}
