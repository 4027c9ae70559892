using System.Globalization;

namespace CoPilot.TestKit;

/// <summary>
/// A primary, its replica and three Sentinels of the test's own, which take a primary for dead after two seconds, longer than a busy machine stalls, and then promote the replica.
/// </summary>
public sealed class RedisSentinels : IAsyncDisposable
{
    public const string ServiceName = "primary";

    private readonly List<RedisServer> _data = [];
    private readonly List<RedisServer> _sentinels = [];

    private RedisSentinels()
    {
    }

    /// <summary>The one that started as primary and the one that started as its replica.</summary>
    public IReadOnlyList<RedisServer> Data => _data;

    public IReadOnlyList<RedisServer> Sentinels => _sentinels;

    /// <summary>For <c>ConnectionStrings:Redis</c>.</summary>
    public string Configuration => string.Join(',', _sentinels.Select(sentinel => sentinel.Configuration)) + $",serviceName={ServiceName}";

    /// <param name="arguments">For the primary and the replica, as on Redis' own command line.</param>
    public static async Task<RedisSentinels> StartAsync(params string[] arguments)
    {
        var sentinels = new RedisSentinels();
        try
        {
            await sentinels.StartAllAsync(arguments);
            return sentinels;
        }
        catch
        {
            await sentinels.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whom the first living Sentinel names.</summary>
    public async Task<RedisServer> PrimaryAsync()
    {
        var sentinel = _sentinels.First(each => !each.HasEnded);
        var address = (object?[])(await sentinel.CommandAsync("SENTINEL", "GET-MASTER-ADDR-BY-NAME", ServiceName))!;
        var port = int.Parse((string)address[1]!, CultureInfo.InvariantCulture);
        return _data.Single(server => server.Port == port);
    }

    /// <summary>Returns when the replicas have whatever the primary had answered when this was called. WAIT would not do: it knows only the writes of the connection that asks.</summary>
    public async Task CaughtUpAsync()
    {
        var primary = await PrimaryAsync();
        var offset = await OffsetAsync(primary);
        foreach (var replica in _data.Where(server => server != primary && !server.HasEnded))
        {
            await Eventually.TrueAsync(async () => await OffsetAsync(replica) >= offset);
        }
    }

    /// <summary>Kills the primary and returns the new one when it takes writes.</summary>
    public async Task<RedisServer> FailOverAsync()
    {
        var old = await PrimaryAsync();
        await old.KillHardAsync();
        return await PromotedAsync(old);
    }

    /// <summary>Returns the primary after <paramref name="old"/> when it takes writes.</summary>
    public async Task<RedisServer> PromotedAsync(RedisServer old)
    {
        var primary = old;
        await Eventually.TrueAsync(async () => (primary = await PrimaryAsync()) != old && await HasRoleAsync(primary, "master"));
        return primary;
    }

    /// <summary>Returns when the Sentinels have made a former primary a replica.</summary>
    public static Task DemotedAsync(RedisServer old) => Eventually.TrueAsync(() => HasRoleAsync(old, "slave"));

    public async ValueTask DisposeAsync()
    {
        // The Sentinels first, so that they do not start a failover meanwhile.
        foreach (var server in _sentinels.Concat(_data))
        {
            await server.DisposeAsync();
        }
    }

    private async Task StartAllAsync(string[] arguments)
    {
        var primary = await RedisServer.StartAsync(arguments);
        _data.Add(primary);
        var port = primary.Port.ToString(CultureInfo.InvariantCulture);
        _data.Add(await RedisServer.StartAsync(["--replicaof", $"127.0.0.1 {port}", "--repl-diskless-sync-delay", "0", .. arguments]));
        await Eventually.TrueAsync(async () => await _data[1].InfoAsync("master_link_status") == "up");

        for (var i = 0; i < 3; i++)
        {
            _sentinels.Add(await RedisServer.StartSentinelAsync(
                $"""
                sentinel monitor {ServiceName} 127.0.0.1 {port} 2
                sentinel down-after-milliseconds {ServiceName} 2000
                sentinel failover-timeout {ServiceName} 3000
                """));
        }

        foreach (var sentinel in _sentinels)
        {
            await Eventually.TrueAsync(() => KnowsAllAsync(sentinel));
        }
    }

    /// <summary>A Sentinel that gives a server another role ends all its connections, so also the one that asks.</summary>
    private static async Task<bool> HasRoleAsync(RedisServer server, string role)
    {
        try
        {
            return await server.InfoAsync("role") == role;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<long> OffsetAsync(RedisServer server) =>
        long.Parse(await server.InfoAsync("master_repl_offset"), CultureInfo.InvariantCulture);

    private static async Task<bool> KnowsAllAsync(RedisServer sentinel)
    {
        var primary = await sentinel.CommandAsync("SENTINEL", "MASTER", ServiceName);
        if (Field(primary, "num-other-sentinels") != "2" || Field(primary, "num-slaves") != "1" || Field(primary, "flags") != "master")
        {
            return false;
        }

        // A replica that it has not heard of by the replica itself is none that it would promote.
        var replicas = (object?[])(await sentinel.CommandAsync("SENTINEL", "REPLICAS", ServiceName))!;
        return Field(replicas[0], "master-link-status") == "ok" && Field(replicas[0], "flags") == "slave";
    }

    private static string Field(object? answer, string name)
    {
        var fields = ((object?[])answer!).Cast<string>().ToList();
        return fields[fields.IndexOf(name) + 1];
    }
}
