using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Sqlite;
using CoPilot.Realtime.Sqlite;
using CoPilot.Specifications.Identity;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Identity;

public sealed class SqliteAccountStoreTests : AccountStoreSpecification
{
    private readonly TemporaryFolder _folder = new();
    private readonly LogWatcher _log = new();
    private SqliteDatabase? _database;

    protected override Task<IAccountStore> CreateStoreAsync()
    {
        _database = ChatDatabase.Open(_folder.File("copilot.db"), _log.For<SqliteDatabase>());
        return Task.FromResult<IAccountStore>(new SqliteAccountStore(_database));
    }

    protected override async ValueTask ReleaseStoreAsync()
    {
        await _database!.DisposeAsync();
        _folder.Dispose();
        _log.Dispose();
    }
}
