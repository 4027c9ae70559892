using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.ChatServer.Sqlite;
using CoPilot.ChatServer.Supervision;
using CoPilot.Realtime.Sqlite;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>The embedded engine on a file of its own. A restart closes the file and opens it again.</summary>
internal sealed class SqliteContactQueueEngine : ContactQueueEngine
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();
    private readonly LogWatcher _log = new();
    private readonly ISiteCatalog _sites;
    private readonly TimeProvider _clock;
    private readonly IRoutingFeed _feed;
    private SqliteDatabase _database;
    private SqliteContactQueue _queue;

    private SqliteContactQueueEngine(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed)
    {
        (_sites, _clock, _feed) = (sites, clock, feed);
        (_database, _queue) = Open();
    }

    public override IContactQueue Queue => _queue;

    public override ISupervisionActs Acts => new SqliteSupervisionActs(_database);

    public override IRoutingInvariants Invariants => new SqliteRoutingInvariants(_database, _sites, _clock);

    public SqliteDatabase Database => _database;

    public static Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) =>
        Task.FromResult<ContactQueueEngine>(new SqliteContactQueueEngine(sites, clock, feed));

    public override async Task DieAsync()
    {
        await _database.DisposeAsync();
        (_database, _queue) = Open();
    }

    public override async Task RestartAsync()
    {
        await DieAsync();
        await _queue.ForgetConnectionsAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
        _log.Dispose();
    }

    private (SqliteDatabase Database, SqliteContactQueue Queue) Open()
    {
        var database = ChatDatabase.Open(_folder.File("routing.db"), _log.For<SqliteDatabase>());
        return (database, new SqliteContactQueue(database, _sites, _clock, _feed));
    }
}
