using CoPilot.Realtime.Redis;
using CoPilot.TestKit;
using StackExchange.Redis;

namespace CoPilot.Realtime.Tests.Redis;

/// <summary>Redis' own answers, provoked on a real one where that can be done.</summary>
public sealed class RedisErrorsTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    [Theory]
    [InlineData("LOADING Redis is loading the dataset in memory", true)]
    [InlineData("READONLY You can't write against a read only replica.", true)]
    [InlineData("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", true)]
    [InlineData("CLUSTERDOWN Hash slot not served", true)]
    [InlineData("TRYAGAIN Multiple keys request during rehashing of slot", true)]
    [InlineData("MOVED 3999 127.0.0.1:6381", true)]
    [InlineData("ASK 3999 127.0.0.1:6381", true)]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'.", true)]
    [InlineData("MISCONF Errors writing to the AOF file: No space left on device", true)]
    [InlineData("NOREPLICAS Not enough good replicas to write.", true)]
    [InlineData("BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.", true)]
    [InlineData("NOAUTH Authentication required.", true)]
    [InlineData("BUSYKEY Target key name already exists.", false)]
    [InlineData("BUSYGROUP Consumer Group name already exists", false)]
    [InlineData("ERR the word BUSY OOM LOADING in a text", false)]
    [InlineData("ERR unknown command 'ASK'", false)]
    [InlineData("CROSSSLOT Keys in request don't hash to the same slot", false)]
    [InlineData("WRONGTYPE Operation against a key holding the wrong kind of value", false)]
    [InlineData("NOSCRIPT No matching script. Please use EVAL.", false)]
    [InlineData("READONLYISH", false)]
    public async Task IsUnavailable_AnswersOfRedis_ByTheirFirstWord(string answer, bool isUnavailable)
    {
        // Of two addresses, also when both lead to the same server, the library takes care.
        foreach (var configuration in new[] { redis.Server.Configuration, $"{redis.Server.Configuration},localhost:{redis.Server.Port}" })
        {
            await using var it = await RedisFixture.OpenAsync(configuration);

            var error = await Assert.ThrowsAnyAsync<Exception>(
                () => it.Redis.ExecuteAsync("EVAL", "return redis.error_reply(ARGV[1])", 1, (RedisKey)"key", answer).Within());

            Assert.IsType(isUnavailable ? typeof(StoreUnavailableException) : typeof(RedisErrorException), error);
        }
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("NOSCRIPT No matching script. Please use EVAL.", true)]
    [InlineData("ERR Function not found", true)]
    [InlineData("ERR Function not found, though known to others", true)]
    [InlineData("ERR unknown command 'FCALL'", false)]
    [InlineData("ERR the text NOSCRIPT in a script's own error", false)]
    [InlineData("WRONGTYPE Function not found", false)]
    public void IsUnknownScript_AnswersOfRedis_ByTheirBeginning(string? answer, bool isUnknown) => Assert.Equal(isUnknown, RedisErrors.IsUnknownScript(answer));

    [Fact]
    public async Task IsUnknownScript_OfAFunctionThatRedisDoesNotHave_Is()
    {
        await using var it = await RedisFixture.OpenAsync(redis.Server.Configuration);

        var error = await Assert.ThrowsAsync<RedisErrorException>(() => it.Redis.ExecuteAsync("FCALL", "nobody_made_it", 0).Within());

        Assert.True(RedisErrors.IsUnknownScript(error.Message), error.Message);
    }

    /// <summary>What it ends with when a connection changes while it words an error: no test can time that, so one is dressed as the library's.</summary>
    [Fact]
    public void IsUnavailable_NullReferenceOfTheLibrary_Is()
    {
        var error = NullReference();
        Assert.False(RedisErrors.IsUnavailable(error));

        error.Source = typeof(ConnectionMultiplexer).Assembly.GetName().Name;

        Assert.True(RedisErrors.IsUnavailable(error));
        Assert.True(RedisErrors.MayHaveMoved(error));
        Assert.Equal("not_connected", RedisErrors.Reason(error));
    }

    [Fact]
    public async Task Evaluate_RedisFull_IsUnavailable()
    {
        await using var server = await RedisServer.StartAsync("--maxmemory", "1mb", "--maxmemory-policy", "noeviction");
        await using var it = await RedisFixture.OpenAsync(server.Configuration);

        await RedisFixture.UnavailableAsync(() => it.EchoAsync("key", "value"));
        await RedisFixture.UnavailableAsync(() => it.SetAsync("key", "value"));
    }

    [Fact]
    public async Task Evaluate_NotEnoughReplicas_IsUnavailable()
    {
        await using var server = await RedisServer.StartAsync("--min-replicas-to-write", "1");
        await using var it = await RedisFixture.OpenAsync(server.Configuration);

        await RedisFixture.UnavailableAsync(() => it.EchoAsync("key", "value"));
    }

    [Fact]
    public async Task Evaluate_OnAReplica_IsUnavailable()
    {
        await using var primary = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(replica.Configuration);
        await it.SetAsync("key", "value");

        await replica.CommandAsync("REPLICAOF", "127.0.0.1", primary.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));

        await RedisFixture.UnavailableAsync(() => it.EchoAsync("key", "value"));
        await RedisFixture.UnavailableAsync(() => it.SetAsync("key", "value"));
    }

    [Fact]
    public async Task Evaluate_OnlyAReplicaKnown_IsUnavailable()
    {
        await using var primary = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync("--replicaof", $"127.0.0.1 {primary.Port}");
        await using var it = await RedisFixture.OpenAsync(replica.Configuration);

        await RedisFixture.UnavailableAsync(() => it.EchoAsync("key", "value"));
        await RedisFixture.UnavailableAsync(() => it.SetAsync("key", "value"));
    }

    [Fact]
    public async Task Execute_WhileAScriptRunsForEver_IsUnavailable()
    {
        await using var server = await RedisServer.StartAsync("--busy-reply-threshold", "50");
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        var forEver = server.CommandAsync("EVAL", "while true do end", "0");

        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await it.GetAsync("key");
                return false;
            }
            catch (StoreUnavailableException)
            {
                return true;
            }
        });

        await server.CommandAsync("SCRIPT", "KILL");
        await Assert.ThrowsAsync<RedisAnsweredErrorException>(() => forEver);
        await it.WorksAgainAsync();
    }

    private static NullReferenceException NullReference()
    {
        string? nothing = null;
        return Assert.Throws<NullReferenceException>(() => nothing!.Length);
    }
}
