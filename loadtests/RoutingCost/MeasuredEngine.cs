using System.Globalization;
using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.ChatServer.Sqlite;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using CoPilot.Realtime.Sqlite;
using CoPilot.TestKit;

namespace CoPilot.RoutingCost;

/// <summary>An engine with a store of its own.</summary>
internal abstract class MeasuredEngine : IAsyncDisposable
{
    public abstract string Name { get; }

    public abstract IContactQueue Queue { get; }

    public abstract IConversationStore Conversations { get; }

    public virtual bool HasRedis => false;

    /// <summary>What Redis has done so far.</summary>
    public virtual Task<RedisUse> ReadRedisAsync() => Task.FromResult(default(RedisUse));

    public abstract ValueTask DisposeAsync();

    public static async Task<MeasuredEngine> OpenAsync(string name, ISiteCatalog sites, TimeProvider clock) => name switch
    {
        SqliteEngine.Word => new SqliteEngine(sites, clock),
        RedisEngine.Word => await RedisEngine.StartAsync(sites, clock),
        _ => throw new ArgumentException($"There is no engine '{name}': {SqliteEngine.Word} or {RedisEngine.Word}.", nameof(name)),
    };
}

/// <summary>A file in memory: a disk's own time is the same at every length, and would hide what is not.</summary>
internal sealed class SqliteEngine : MeasuredEngine
{
    public const string Word = "sqlite";

    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();
    private readonly LogWatcher _log = new();
    private readonly SqliteDatabase _database;

    public SqliteEngine(ISiteCatalog sites, TimeProvider clock)
    {
        _database = ChatDatabase.Open(_folder.File("routing.db"), _log.For<SqliteDatabase>());
        Queue = new SqliteContactQueue(_database, sites, clock, new NoFeed());
        Conversations = new SqliteConversationStore(_database, new NoFeed(), clock);
    }

    public override string Name => "Embedded (SQLite, its file in memory)";

    public override IContactQueue Queue { get; }

    public override IConversationStore Conversations { get; }

    public override async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
        _log.Dispose();
    }
}

/// <summary>A <c>redis-server</c> of its own, which keeps nothing on disk.</summary>
internal sealed class RedisEngine : MeasuredEngine
{
    public const string Word = "redis";

    private const string KeyPrefix = "load";

    private readonly LogWatcher _log = new();
    private readonly RedisServer _server;
    private readonly RedisConnections _connections;
    private readonly NodeBus _bus;

    private RedisEngine(RedisServer server, ISiteCatalog sites, TimeProvider clock)
    {
        _server = server;
        _connections = new RedisConnections(new RedisSettings(server.Configuration, KeyPrefix), TimeProvider.System, _log.For<RedisConnections>());
        _bus = new NodeBus(_connections, "node", TimeProvider.System, _log.For<NodeBus>());
        var keys = new ChatKeys(KeyPrefix);
        Conversations = new RedisConversationStore(new RedisConversationScripts(_connections, _bus, keys, clock), new RedisLogFollowers(new NoFeed(), clock));
        Queue = new RedisContactQueue(_connections, keys, _bus, sites, new NoFeed(), clock, redisClock: clock);
    }

    public override string Name => "Redis (one server, nothing on disk)";

    public override IContactQueue Queue { get; }

    public override IConversationStore Conversations { get; }

    public override bool HasRedis => true;

    public static async Task<RedisEngine> StartAsync(ISiteCatalog sites, TimeProvider clock)
    {
        var engine = new RedisEngine(await RedisServer.StartAsync(), sites, clock);
        await engine._connections.OpenAsync();
        return engine;
    }

    public override async Task<RedisUse> ReadRedisAsync()
    {
        var info = ((string)(await _connections.ExecuteAsync("INFO", "everything"))!).Split("\r\n");
        return new RedisUse(
            1e6 * (double.Parse(Field("used_cpu_sys:"), CultureInfo.InvariantCulture) + double.Parse(Field("used_cpu_user:"), CultureInfo.InvariantCulture)),
            CallsOf("cmdstat_evalsha:") + CallsOf("cmdstat_eval:"));

        string Field(string name) => Array.Find(info, line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..] ?? "";

        long CallsOf(string command) =>
            Field(command) is { Length: > 0 } stat ? long.Parse(stat.Split(',')[0].Split('=')[1], CultureInfo.InvariantCulture) : 0;
    }

    public override async ValueTask DisposeAsync()
    {
        _bus.Dispose();
        await _connections.DisposeAsync();
        await _server.DisposeAsync();
        _log.Dispose();
    }
}

/// <param name="CpuMicroseconds">Its <c>used_cpu_user</c> and <c>used_cpu_sys</c>.</param>
/// <param name="RoundTrips">Scripts that were called: routing's steps call nothing else.</param>
internal readonly record struct RedisUse(double CpuMicroseconds, long RoundTrips)
{
    public static RedisUse operator -(RedisUse later, RedisUse earlier) =>
        new(later.CpuMicroseconds - earlier.CpuMicroseconds, later.RoundTrips - earlier.RoundTrips);
}
