using System.Net;
using CoPilot.Realtime.Redis;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Redis;

public sealed class RedisSettingsCheckTests
{
    [Fact]
    public async Task Run_WellConfigured_WarnsOfNothing()
    {
        await using var server = await RedisServer.StartDurableAsync("--maxmemory", "100mb");

        Assert.Empty(await CheckAsync(server.Configuration));
    }

    [Theory]
    [InlineData("appendonly", "no", "--appendonly", "no")]
    [InlineData("appendfsync", "no", "--appendfsync", "no")]
    [InlineData("maxmemory-policy", "allkeys-lru", "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")]
    public async Task Run_OneSettingLosesData_IsNamedWithItsConsequence(string name, string found, params string[] arguments)
    {
        await using var server = await RedisServer.StartDurableAsync(arguments);

        var warning = Assert.Single(await CheckAsync(server.Configuration));

        Assert.Equal((name, found), (warning.Name, warning.Found));
        Assert.NotEqual(found, warning.Recommended);
        Assert.NotEmpty(warning.Consequence);
    }

    [Fact]
    public async Task Run_EverySecond_IsWellEnough()
    {
        await using var server = await RedisServer.StartDurableAsync("--appendfsync", "everysec");

        Assert.Empty(await CheckAsync(server.Configuration));
    }

    [Fact]
    public async Task Run_PolicyWithoutALimit_NeverEvictsAndIsNotNamed()
    {
        await using var server = await RedisServer.StartDurableAsync("--maxmemory", "0", "--maxmemory-policy", "allkeys-lru");

        Assert.Empty(await CheckAsync(server.Configuration));
    }

    [Fact]
    public async Task Run_ReplicasThatNothingWaitsFor_IsNamed()
    {
        await using var primary = await RedisServer.StartDurableAsync();
        await using var replica = await RedisServer.StartDurableAsync("--replicaof", $"127.0.0.1 {primary.Port}");
        await Eventually.TrueAsync(async () => await primary.InfoAsync("connected_slaves") == "1");

        var warning = Assert.Single(await CheckAsync(primary.Configuration));
        Assert.Equal(("min-replicas-to-write", "0"), (warning.Name, warning.Found));

        await primary.CommandAsync("CONFIG", "SET", "min-replicas-to-write", "1");
        Assert.Empty(await CheckAsync(primary.Configuration));
    }

    [Fact]
    public async Task Run_ConfigForbidden_SaysWhatWasNotChecked()
    {
        await using var server = await RedisServer.StartDurableAsync("--rename-command", "CONFIG", "");
        var renamed = await CheckAsync(server.Configuration);

        await using var restricted = await RedisServer.StartDurableAsync();
        await restricted.CommandAsync("ACL", "SETUSER", "default", "-config");
        var forbidden = await CheckAsync(restricted.Configuration);

        foreach (var warnings in new[] { renamed, forbidden })
        {
            var warning = Assert.Single(warnings);
            Assert.Equal("CONFIG GET", warning.Name);
            Assert.Contains("appendfsync", warning.Consequence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Run_OneMemberOfACluster_IsNamedWithItsAddress()
    {
        await using var cluster = await RedisCluster.StartAsync("--appendonly", "yes");
        await cluster.Members[1].CommandAsync("CONFIG", "SET", "appendonly", "no");

        var warning = Assert.Single(await CheckAsync(cluster.Configuration));

        Assert.Equal(("appendonly", $"no (at 127.0.0.1:{cluster.Members[1].Port})"), (warning.Name, warning.Found));
    }

    [Theory]
    [InlineData("10.1.2.3:6379", "ssl requirepass")]
    [InlineData("10.1.2.3:6379,password=long", "ssl")]
    [InlineData("redis.example:6380,ssl=true", "requirepass")]
    [InlineData("redis.example:6380,ssl=true,password=long", "")]
    [InlineData("localhost:6379", "")]
    [InlineData("127.0.0.1:6379", "")]
    public void OfTheWay_ByAddress_AsksForTlsAndPasswordBeyondThisMachine(string text, string names)
    {
        var configuration = RedisConfiguration.Parse(text);
        EndPoint[] addresses = [.. configuration.ForCommands(null).EndPoints];

        Assert.Equal(names, string.Join(' ', RedisSettingsCheck.OfTheWay(configuration, addresses).Select(warning => warning.Name)));
    }

    [Fact]
    public async Task Run_RedisAway_IsUnavailable()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillHardAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        it.Log.Expect("is out of reach");

        await RedisFixture.UnavailableAsync(() => new RedisSettingsCheck(it.Redis).RunAsync());
    }

    private static async Task<IReadOnlyList<RedisSettingWarning>> CheckAsync(string configuration)
    {
        await using var it = await RedisFixture.OpenAsync(configuration);
        return await new RedisSettingsCheck(it.Redis).RunAsync().Within();
    }
}
