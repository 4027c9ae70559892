using System.Reflection;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Sqlite;

/// <summary>
/// One file of the embedded engine. Thread-safe.
/// <para>Writes: one writer takes what is waiting, runs each piece of work in a savepoint of one transaction, commits once
/// (<c>synchronous=FULL</c>) and only then answers, so under load many calls share one flush to disk. Work that throws is
/// rolled back alone. A failed commit fails all of its calls with <see cref="StoreUnavailableException"/>.</para>
/// <para>Reads: any number at once, each on a snapshot of what was committed when its first statement ran.</para>
/// <para>A disk that is full, locked or broken is a <see cref="StoreUnavailableException"/>, and so is any call after closing.
/// A statement that is wrong stays a <see cref="SqliteException"/>: repeating it would not help.</para>
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
    private readonly SqliteMetrics? _metrics;

    private SqliteDatabase(SqliteSession writer, string connectionString, ILogger<SqliteDatabase> logger, SqliteMetrics? metrics)
    {
        _logger = logger;
        _metrics = metrics;
        _writer = writer;
        _readers = new SqliteReaders(() => OpenConnection(connectionString));
        _writing = Task.Run(WriteLoopAsync);
    }

    /// <summary>Opens the file, making it when missing, and migrates its schema forward.</summary>
    /// <param name="schemaOwner">Has the scripts embedded; a file belongs to one project, whose schema it has.</param>
    /// <exception cref="SqliteException">The file cannot be opened, or a schema step failed; the file is as it was before that step.</exception>
    /// <exception cref="InvalidOperationException">The file was written by a newer version.</exception>
    public static SqliteDatabase Open(
        string path, Assembly schemaOwner, ILogger<SqliteDatabase> logger, SqliteMetrics? metrics = null) =>
        Open(path, SqliteMigrations.ReadScripts(schemaOwner), logger, metrics);

    internal static SqliteDatabase Open(
        string path, IReadOnlyList<SchemaStep> schema, ILogger<SqliteDatabase> logger, SqliteMetrics? metrics = null)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        var writer = new SqliteSession(OpenConnection(connectionString));
        try
        {
            SqliteMigrations.Apply(writer, schema);
            return new SqliteDatabase(writer, connectionString, logger, metrics);
        }
        catch
        {
            // Closing also rolls back the step that failed.
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Runs the work on the writer, and answers when it is durable. Cancelling works only while it waits for room in the queue.</summary>
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

    /// <summary>As the other; for work that answers nothing.</summary>
    public Task WriteAsync(Action<SqliteSession> work, CancellationToken cancellationToken = default) =>
        WriteAsync(
            session =>
            {
                work(session);
                return true;
            },
            cancellationToken);

    /// <summary>Runs the work on the calling thread, which waits for the disk at most.</summary>
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
        command.CommandText = "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";
        try
        {
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
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
#pragma warning disable CA1031 // Whatever it is, these calls must be answered and the writer must go on, or every later call would wait for ever.
        catch (Exception error)
#pragma warning restore CA1031
        {
            SqliteLog.CommitFailed(_logger, error);
            Abandon(batch, error);
            return;
        }

        _metrics?.Committed(batch.Count);

        // Announcements before answers: whoever has an answer can rely on the announcement being on its way.
        _writer.RunAfterCommit(_logger);
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
            // SQLite has rolled back by itself, as it does after a full disk or an I/O error, or the transaction never began.
        }

        foreach (var pending in batch)
        {
            pending.Fail(new StoreUnavailableException("The database did not commit.", error));
        }
    }
}
