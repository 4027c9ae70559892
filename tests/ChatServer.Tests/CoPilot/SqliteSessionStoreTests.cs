using CoPilot.CoBrowse.Sessions;
using CoPilot.CoBrowse.Throttling;
using CoPilot.Realtime.Sqlite;
using CoPilot.Specifications.CoBrowse;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.CoPilot;

public sealed class SqliteSessionStoreTests : SessionStoreSpecification
{
    private readonly SqliteSessions _engine = new();

    protected override Task<ISessionStore> CreateStoreAsync() => Task.FromResult(_engine.Open(Clock));

    protected override ValueTask ReleaseStoreAsync() => _engine.DisposeAsync();
}

public sealed class OwnRedeemThrottleTests : RedeemThrottleSpecification
{
    protected override Task<IRedeemThrottle> CreateThrottleAsync() => Task.FromResult<IRedeemThrottle>(new OwnRedeemThrottle(Limits, Clock));

    protected override ValueTask ReleaseThrottleAsync() => ValueTask.CompletedTask;
}

/// <summary>A file that is new at first.</summary>
internal sealed class SqliteSessions : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LogWatcher _log = new();
    private SqliteDatabase? _database;

    public ISessionStore Open(TimeProvider clock)
    {
        _database = SqliteDatabase.Open(_folder.File("cobrowse.db"), typeof(SqliteSessionStore).Assembly, _log.For<SqliteDatabase>());
        return new SqliteSessionStore(_database, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _database!.DisposeAsync();
        _folder.Dispose();
        _log.Dispose();
    }
}
