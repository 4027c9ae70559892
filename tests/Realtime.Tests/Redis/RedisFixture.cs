using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using CoPilot.Realtime.Redis;
using CoPilot.TestKit;
using StackExchange.Redis;

namespace CoPilot.Realtime.Tests.Redis;

/// <summary>Opened connections with the words that tests need, and a log in which only what a test expects may be a warning.</summary>
internal sealed class RedisFixture : IAsyncDisposable
{
    /// <summary>Far below the limit of a command, with room for a busy machine.</summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    /// <summary>Longer than the product's: no stall of a busy machine is taken for a Redis that is silent.</summary>
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(10);

    public static readonly RedisScript Echo = RedisScript.Load(typeof(RedisFixture).Assembly, "test_echo");

    private RedisFixture(RedisSettings settings, RedisMetrics? metrics) =>
        Redis = new RedisConnections(settings, TimeProvider.System, Log.For<RedisConnections>(), metrics);

    public LogWatcher Log { get; } = new();

    public RedisConnections Redis { get; }

    public static async Task<RedisFixture> OpenAsync(string configuration, TimeSpan? commandTimeout = null, RedisMetrics? metrics = null)
    {
        var settings = new RedisSettings(configuration, "test") { CommandTimeout = commandTimeout ?? CommandLimit };
        var fixture = new RedisFixture(settings, metrics);
        await fixture.Redis.OpenAsync().Within();
        return fixture;
    }

    public Task SetAsync(string key, string value) => Redis.ExecuteAsync("SET", (RedisKey)key, value).Within();

    public async Task<string?> GetAsync(string key) => (string?)await Redis.ExecuteAsync("GET", (RedisKey)key).Within();

    public async Task<string?> EchoAsync(string key, string value) => (string?)await Redis.EvaluateAsync(Echo, [key], [value]).Within();

    /// <summary>Subscribes; what arrives is read from the result.</summary>
    public async Task<ChannelReader<string>> HearAsync(string channel)
    {
        var heard = Channel.CreateUnbounded<string>();
        await Redis.SubscribeAsync(channel, (message, _) => heard.Writer.TryWrite(Encoding.UTF8.GetString(message))).Within();
        return heard.Reader;
    }

    /// <summary>Publishes numbers, on a connection of its own, until one is heard: the subscription is there again.</summary>
    public static async Task HeardAgainAsync(RedisServer server, string channel, ChannelReader<string> heard)
    {
        while (heard.TryRead(out _))
        {
            // What came before.
        }

        await Eventually.TrueAsync(async () =>
        {
            await server.CommandAsync("PUBLISH", channel, Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
            return heard.TryRead(out _);
        });
    }

    /// <summary>A store that is out of reach says so, and quickly.</summary>
    public static async Task<StoreUnavailableException> UnavailableAsync(Func<Task> act, TimeSpan? limit = null)
    {
        var start = Stopwatch.GetTimestamp();
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => act().Within());
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, limit ?? AtOnce);
        return failure;
    }

    /// <summary>Returns when commands succeed.</summary>
    public Task WorksAgainAsync(string key = "probe") => Eventually.TrueAsync(async () =>
    {
        try
        {
            await Redis.ExecuteAsync("SET", (RedisKey)key, "1");
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    });

    public async ValueTask DisposeAsync()
    {
        await Redis.DisposeAsync().AsTask().Within();
        Log.Dispose();
    }
}
