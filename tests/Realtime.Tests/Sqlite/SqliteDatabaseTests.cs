using CoPilot.Realtime.Sqlite;
using CoPilot.TestKit;
using Microsoft.Data.Sqlite;

namespace CoPilot.Realtime.Tests.Sqlite;

public sealed class SqliteDatabaseTests : IAsyncDisposable
{
    private static readonly SchemaStep Table = new("Migrations/2026-01-01_00_Words.sql", "CREATE TABLE words (word TEXT PRIMARY KEY) STRICT;");

    private readonly TemporaryFolder _folder = new();
    private readonly LogWatcher _log = new();
    private readonly TestMeters _meters = new();
    private readonly SqliteDatabase _database;

    public SqliteDatabaseTests() => _database = Open("test.db", [Table]);

    [Fact]
    public async Task Write_UnderLoad_SharesCommits()
    {
        var commits = new List<int>();
        using var listener = _meters.Listen<int>("copilot.sqlite.commit.size", commits.Add);
        using var hold = new ManualResetEventSlim();
        var first = _database.WriteAsync(_ => hold.Wait(Deadline.Default));

        // Either behind the writer's back or in the same batch: they are queued while the first one is held.
        var others = Enumerable.Range(0, 100).Select(i => AddAsync("w" + i)).ToList();
        hold.Set();
        await Task.WhenAll(others.Append(first)).Within();

        Assert.Equal(101, commits.Sum());
        Assert.InRange(commits.Count, 1, 3);
        Assert.Equal(100, Words().Count);
    }

    [Fact]
    public async Task Write_WorkThatThrows_IsRolledBackAlone()
    {
        using var hold = new ManualResetEventSlim();
        var announced = new List<string>();
        var first = _database.WriteAsync(_ => hold.Wait(Deadline.Default));
        var before = AddAsync("before", announced);
        var failing = _database.WriteAsync(session =>
        {
            Add(session, "failing", announced);
            throw new InvalidOperationException("on purpose");
        });
        var duplicate = AddAsync("before", announced);
        var after = AddAsync("after", announced);
        hold.Set();

        await Task.WhenAll(first, before, after).Within();
        Assert.Equal("on purpose", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing.Within())).Message);
        await Assert.ThrowsAsync<SqliteException>(() => duplicate.Within());
        Assert.Equal(["after", "before"], Words());
        Assert.Equal(["before", "after"], announced);
    }

    [Fact]
    public async Task AfterCommit_RunsDurableInOrderAndBeforeTheAnswer()
    {
        var announced = new List<(string Word, bool IsCommitted)>();
        var answers = Enumerable.Range(0, 50).Select(async i =>
        {
            await _database.WriteAsync(session =>
            {
                session.Execute("INSERT INTO words (word) VALUES ($1)", $"w{i:00}");
                session.AfterCommit(() => announced.Add(($"w{i:00}", Words().Contains($"w{i:00}"))));
            });
            return announced.Any(announcement => announcement.Word == $"w{i:00}");
        }).ToList();

        Assert.All(await Task.WhenAll(answers).Within(), Assert.True);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => ($"w{i:00}", true)), announced);
    }

    [Fact]
    public async Task AfterCommit_Throws_IsLoggedAndHarmsNobody()
    {
        _log.Expect("follow a commit");
        await _database.WriteAsync(session => session.AfterCommit(() => throw new InvalidOperationException("on purpose"))).Within();

        await AddAsync("word").Within();

        Assert.Equal(["word"], Words());
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task Read_WhileOthersWrite_StaysOnItsSnapshot()
    {
        await AddAsync("one").Within();
        var (before, after) = _database.Read(session =>
        {
            var first = Count(session);
#pragma warning disable xUnit1031, VSTHRD002 // A write must happen in the middle of a read, which is synchronous; the writer has a thread of its own.
            Assert.True(AddAsync("two").Wait(Deadline.Default));
#pragma warning restore xUnit1031, VSTHRD002
            return (first, Count(session));
        });

        Assert.Equal((1, 1), (before, after));
        Assert.Equal(2, _database.Read(Count));
    }

    [Fact]
    public async Task Commit_Fails_AnswersUnavailableAndGoesOn()
    {
        _log.Expect("did not commit");
        var announced = new List<string>();

        // Only a commit checks a deferred key, so the work itself succeeds.
        await _database.WriteAsync(session => session.Execute(
            "CREATE TABLE pairs (word TEXT REFERENCES words (word) DEFERRABLE INITIALLY DEFERRED) STRICT")).Within();
        var failing = _database.WriteAsync(session =>
        {
            session.AfterCommit(() => announced.Add("failing"));
            session.Execute("INSERT INTO pairs (word) VALUES ('missing')");
        });

        await Assert.ThrowsAsync<StoreUnavailableException>(() => failing.Within());
        await AddAsync("word", announced).Within();
        Assert.Equal(["word"], announced);
        Assert.Equal(["word"], Words());
    }

    [Fact]
    public async Task Closed_AnyCall_IsUnavailable()
    {
        await AddAsync("word").Within();
        _database.Read(Count);
        await _database.DisposeAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => AddAsync("late").Within());
        Assert.Throws<StoreUnavailableException>(() => _database.Read(Count));
    }

    [Fact]
    public async Task Closing_CommitsWhatIsQueued()
    {
        var writes = Enumerable.Range(0, 500).Select(i => AddAsync("w" + i)).ToList();
        await _database.DisposeAsync();

        await Task.WhenAll(writes).Within();
        await using var again = Open("test.db", [Table]);
        Assert.Equal(500, again.Read(Count));
    }

    [Fact]
    public async Task Open_NewerVersionOfTheProgram_MigratesForwardOnce()
    {
        await AddAsync("word").Within();
        await _database.DisposeAsync();
        var step = new SchemaStep("Migrations/2026-01-02_00_Lengths.sql", "ALTER TABLE words ADD COLUMN length INTEGER; UPDATE words SET length = length(word);");

        for (var i = 0; i < 2; i++)
        {
            await using var migrated = Open("test.db", [Table, step]);
            Assert.Equal(4L, migrated.Read(session => session.Scalar("SELECT length FROM words")));
        }
    }

    [Fact]
    public async Task Open_FileOfANewerVersion_IsRefused()
    {
        await _database.DisposeAsync();

        var error = Assert.Throws<InvalidOperationException>(() => Open("test.db", []));

        Assert.Contains(Table.Name, error.Message, StringComparison.Ordinal);
        await using var unharmed = Open("test.db", [Table]);
        Assert.Equal(0, unharmed.Read(Count));
    }

    [Fact]
    public async Task Open_StepThatFails_IsRolledBackAsAWhole()
    {
        await AddAsync("word").Within();
        await _database.DisposeAsync();
        var bad = new SchemaStep("Migrations/2026-01-02_00_Bad.sql", "DELETE FROM words; CREATE TABLE more (a TEXT) STRICT; INSERT INTO missing VALUES (1);");

        Assert.Throws<SqliteException>(() => Open("test.db", [Table, bad]));

        var good = bad with { Script = "CREATE TABLE more (a TEXT) STRICT;" };
        await using var again = Open("test.db", [Table, good]);
        Assert.Equal(1, again.Read(Count));
    }

    [Fact]
    public void Open_NoSuchFolder_Throws() => Assert.Throws<SqliteException>(() => Open("missing/test.db", [Table]));

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
        _meters.Dispose();
        _log.Dispose();
    }

    private SqliteDatabase Open(string name, IReadOnlyList<SchemaStep> schema) =>
        SqliteDatabase.Open(_folder.File(name), schema, _log.For<SqliteDatabase>(), new SqliteMetrics(_meters));

    private static void Add(SqliteSession session, string word, List<string>? announced = null)
    {
        session.AfterCommit(() => announced?.Add(word));
        session.Execute("INSERT INTO words (word) VALUES ($1)", word);
    }

    private Task AddAsync(string word, List<string>? announced = null) => _database.WriteAsync(session => Add(session, word, announced));

    private static int Count(SqliteSession session) => (int)(long)session.Scalar("SELECT count(*) FROM words")!;

    private List<string> Words() => _database.Read(session => session.Query("SELECT word FROM words ORDER BY word", row => row.GetString(0)));
}
