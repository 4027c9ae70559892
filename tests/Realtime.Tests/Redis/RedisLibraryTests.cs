using System.Globalization;
using CoPilot.Realtime.Redis;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Redis;

public sealed class RedisLibraryTests
{
    private static readonly RedisLibrary Counted = LoadCounted();

    [Fact]
    public async Task Functions_OfOneLibrary_ShareWhatOutlastsACall()
    {
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);

        Assert.Equal([1, "here"], await CallAsync(it, "counted_set", "key", "here"));
        Assert.Equal([2, "here"], await CallAsync(it, "counted_get", "key"));
    }

    [Fact]
    public async Task Function_AfterFlush_IsKnownAgain()
    {
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        await CallAsync(it, "counted_set", "key", "here");

        await server.CommandAsync("FUNCTION", "FLUSH");

        Assert.Equal([1, "here"], await CallAsync(it, "counted_get", "key"));
    }

    [Fact]
    public async Task Function_AfterRestart_IsKnownStill()
    {
        await using var server = await RedisServer.StartDurableAsync();
        await using (var it = await RedisFixture.OpenAsync(server.Configuration))
        {
            await CallAsync(it, "counted_set", "key", "here");
        }

        await server.KillHardAsync();
        await server.StartAgainAsync();

        var libraries = (object?[])(await server.CommandAsync("FUNCTION", "LIST"))!;
        Assert.Single(libraries);
    }

    [Fact]
    public async Task Function_ManyAtOnceWhereItIsUnknown_LoadsTheLibraryOnce()
    {
        await using var server = await RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => CallAsync(it, "counted_set", "key", i.ToString(CultureInfo.InvariantCulture)))).Within();

        // Loaded anew it would count from the beginning.
        Assert.Equal(Enumerable.Range(1, 100), answers.Select(answer => (int)answer[0]).Order());
    }

    /// <summary>Redis looks at whether it may write before it begins, as the function does not say that it only reads.</summary>
    [Fact]
    public async Task Function_RedisFull_IsUnavailableUntilThereIsRoom()
    {
        await using var server = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var it = await RedisFixture.OpenAsync(server.Configuration);
        await CallAsync(it, "counted_set", "key", "here");

        await server.CommandAsync("CONFIG", "SET", "maxmemory", "1");
        await RedisFixture.UnavailableAsync(() => CallAsync(it, "counted_set", "key", "there"));
        await RedisFixture.UnavailableAsync(() => CallAsync(it, "counted_get", "key"));
        await server.CommandAsync("CONFIG", "SET", "maxmemory", "0");

        Assert.Equal([2, "here"], await CallAsync(it, "counted_get", "key"));
    }

    [Fact]
    public async Task Function_WhereRedisIsFullBeforeItIsKnown_IsUnavailable()
    {
        await using var server = await RedisServer.StartAsync("--maxmemory", "1", "--maxmemory-policy", "noeviction");
        await using var it = await RedisFixture.OpenAsync(server.Configuration);

        await RedisFixture.UnavailableAsync(() => CallAsync(it, "counted_set", "key", "here"));
    }

    [Fact]
    public void Names_OfAnotherText_AreOthers()
    {
        var other = RedisLibrary.Load(typeof(RedisLibraryTests).Assembly, "counted", "counted_lib_calls", "counted_get");

        Assert.NotEqual(Counted["counted_set"].CalledAs, other["counted_set"].CalledAs);
        Assert.Equal(Counted["counted_set"].CalledAs, LoadCounted()["counted_set"].CalledAs);
    }

    private static RedisLibrary LoadCounted() => RedisLibrary.Load(typeof(RedisLibraryTests).Assembly, "counted", "counted_lib_calls");

    private static async Task<object[]> CallAsync(RedisFixture it, string function, string key, params string[] arguments)
    {
        var reply = (RedisReply[])(await it.Redis.EvaluateAsync(Counted[function], [key], [.. arguments]).Within())!;
        return [(int)reply[0], (string)reply[1]!];
    }
}
