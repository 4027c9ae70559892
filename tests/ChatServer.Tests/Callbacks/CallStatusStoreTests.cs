using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Sqlite;
using CoPilot.ChatServer.Tests.Redis;
using CoPilot.Realtime.Redis;
using CoPilot.Realtime.Sqlite;
using CoPilot.Specifications.Callbacks;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Callbacks;

public sealed class SqliteCallStatusStoreTests : CallStatusStoreSpecification
{
    private readonly TemporaryFolder _folder = new();
    private readonly LogWatcher _log = new();
    private SqliteDatabase? _database;

    [Fact]
    public async Task Events_AreKnownAfterARestart_AndForgottenInTheFile()
    {
        var store = await CreateStoreAsync();
        await store.ClaimAsync("shop", "e1").Within();
        await store.KeepAsync("shop", "e1", CallStatusResult.Taken).Within();
        await _database!.DisposeAsync();

        store = await CreateStoreAsync();
        Assert.Equal(CallStatusClaim.Handled(CallStatusResult.Taken), await store.ClaimAsync("shop", "e1").Within());

        Clock.Advance(ICallStatusStore.RememberedFor);
        await store.ClaimAsync("shop", "e2").Within();
        Assert.Equal(1L, _database.Read(session => session.Scalar("SELECT COUNT(*) FROM call_status")));
    }

    protected override async Task<ICallStatusStore> CreateStoreAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _database = ChatDatabase.Open(_folder.File("copilot.db"), _log.For<SqliteDatabase>());
        return new SqliteCallStatusStore(_database, Clock);
    }

    protected override async ValueTask ReleaseStoreAsync()
    {
        await _database!.DisposeAsync();
        _folder.Dispose();
        _log.Dispose();
    }
}

public sealed class RedisCallStatusStoreTests(RedisCallStatuses redis) : CallStatusStoreSpecification, IClassFixture<RedisCallStatuses>
{
    [Fact]
    public async Task Events_AreForgottenByRedisItself()
    {
        var store = redis.Open();
        await store.ClaimAsync("shop", "in-hand").Within();
        await store.KeepAsync("shop", "kept", CallStatusResult.Taken).Within();

        // The first may be gone already on a slow machine; -1 would be a key for ever.
        var inHand = (long)await redis.Connections.ExecuteAsync("PTTL", "test:{shop}:call-status:in-hand").Within();
        var kept = (long)await redis.Connections.ExecuteAsync("PTTL", "test:{shop}:call-status:kept").Within();

        Assert.NotEqual(-1, inHand);
        Assert.InRange(inHand, -2, (long)ICallStatusStore.HandledWithin.TotalMilliseconds);
        Assert.InRange(kept, 1, (long)ICallStatusStore.RememberedFor.TotalMilliseconds);
    }

    protected override async Task<ICallStatusStore> CreateStoreAsync()
    {
        await redis.Connections.ExecuteAsync("FLUSHALL");
        return redis.Open(Clock);
    }

    protected override ValueTask ReleaseStoreAsync() => ValueTask.CompletedTask;
}

/// <summary>A Redis for the tests of one class, which follow each other.</summary>
public sealed class RedisCallStatuses : IAsyncLifetime
{
    private readonly LogWatcher _log = new();
    private RedisServer? _server;

    internal RedisConnections Connections { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        Connections = PatientRedis.Connect(_server.Configuration, "test", _log);
        await Connections.OpenAsync().Within();
    }

    public async ValueTask DisposeAsync()
    {
        await Connections.DisposeAsync();
        await _server!.DisposeAsync();
        _log.Dispose();
    }

    /// <param name="clock">Null: Redis' own.</param>
    internal ICallStatusStore Open(TimeProvider? clock = null) => new RedisCallStatusStore(Connections, new ChatKeys("test"), clock);
}
