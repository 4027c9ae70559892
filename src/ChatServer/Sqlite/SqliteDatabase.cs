using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace CoPilot.ChatServer.Sqlite;

/// <summary>
/// The embedded engine's one file. Thread-safe.
/// <para>Writes: one writer takes what is waiting, runs each piece of work in a savepoint of one transaction, commits once
/// (<c>synchronous=FULL</c>) and only then answers, so under load many calls share one flush to disk. Work that throws is
/// rolled back alone. A failed commit fails all of its calls with <see cref="StoreUnavailableException"/>.</para>
/// <para>Reads: any number at once, each on a snapshot of what was committed when it began.</para>
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    /// <summary>Writes that may wait; beyond it callers wait for room, which slows them down instead of growing memory.</summary>
    private const int QueueLength = 4_096;

    /// <summary>Writes in one commit. More would only make the first of them wait longer.</summary>
    private const int BatchSize = 256;

    private readonly Channel<PendingWrite> _queue = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true });

    private readonly SqliteSession _writer;
    private readonly SqliteReaders _readers;
    private readonly Task _writing;
    private readonly ILogger<SqliteDatabase> _logger;

    private SqliteDatabase(string connectionString, ILogger<SqliteDatabase> logger)
    {
        _logger = logger;
        _writer = new SqliteSession(OpenConnection(connectionString));
        SqliteMigrations.Apply(_writer);
        _readers = new SqliteReaders(() => OpenConnection(connectionString));
        _writing = Task.Run(WriteLoopAsync);
    }

    /// <summary>Opens the file, making it when missing, and migrates its schema forward.</summary>
    /// <exception cref="SqliteException">The file cannot be opened, or is from a newer version.</exception>
    public static SqliteDatabase Open(string path, ILogger<SqliteDatabase> logger) =>
        new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString(), logger);

    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken = default)
    {
        var pending = new PendingWrite<T>(work);
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellationToken);
        }
        catch (ChannelClosedException closed)
        {
            throw new StoreUnavailableException("The database is closed.", closed);
        }

        // Not cancellable from here on: the work may be committed at any moment, and the caller must learn how it went.
        return await pending.Completion;
    }

    public Task WriteAsync(Action<SqliteSession> work, CancellationToken cancellationToken = default) =>
        WriteAsync(
            session =>
            {
                work(session);
                return true;
            },
            cancellationToken);

    public T Read<T>(Func<SqliteSession, T> work) => _readers.Use(work);

    /// <summary>Commits what is queued, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        _readers.Dispose();
        _writer.Dispose();
    }

    private static SqliteConnection OpenConnection(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;";
        command.ExecuteNonQuery();
        return connection;
    }

    private async Task WriteLoopAsync()
    {
        var batch = new List<PendingWrite>(BatchSize);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < BatchSize && _queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<PendingWrite> batch)
    {
        try
        {
            _writer.Execute("BEGIN IMMEDIATE");
            foreach (var pending in batch)
            {
                RunInSavepoint(pending);
            }

            _writer.Execute("COMMIT");
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
            SqliteLog.CommitFailed(_logger, error);
            Abandon(batch, error);
            return;
        }

        // Announcements before answers: whoever has an answer can rely on the announcement being on its way.
        _writer.RunAfterCommit();
        foreach (var pending in batch)
        {
            pending.Answer();
        }
    }

    private void RunInSavepoint(PendingWrite pending)
    {
        var announcements = _writer.AfterCommitCount;
        _writer.Execute("SAVEPOINT work");
        if (!pending.Run(_writer))
        {
            _writer.Execute("ROLLBACK TO work");
            _writer.ForgetAfterCommit(announcements);
        }

        _writer.Execute("RELEASE work");
    }

    private void Abandon(List<PendingWrite> batch, Exception error)
    {
        _writer.ForgetAfterCommit(0);
        try
        {
            _writer.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does after a full disk or an I/O error.
        }

        foreach (var pending in batch)
        {
            pending.Fail(new StoreUnavailableException("The database did not commit.", error));
        }
    }
}
