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

    [Fact]
    public async Task Number_OfALastSessionThatIsMissing_IsNotGivenAgain()
    {
        await AddAsync("s1");
        await AddAsync("s2");
        await _engine.ForgetAsync("s2");

        await AddAsync("s3");

        Assert.Equal(3, (await _engine.Store.FindAsync("demo", "s3").Within())!.Session.Number);
    }

    private async Task AddAsync(string id) => Assert.Equal(AddedSession.Added, await _engine.Store.IssueAsync("demo", id));
}

public sealed class SqliteSessionUseTests : SessionUseSpecification
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

    public ISessionStore Store { get; private set; } = null!;

    /// <summary>As somebody would who can write to the file.</summary>
    public Task ForgetAsync(string sessionId) => _database!.WriteAsync(
        session => session.Execute("DELETE FROM sessions WHERE session_id = $1", sessionId));

    public ISessionStore Open(TimeProvider clock)
    {
        _database = SqliteDatabase.Open(_folder.File("cobrowse.db"), typeof(SqliteSessionStore).Assembly, _log.For<SqliteDatabase>());
        return Store = new SqliteSessionStore(_database, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _database!.DisposeAsync();
        _folder.Dispose();
        _log.Dispose();
    }
}
