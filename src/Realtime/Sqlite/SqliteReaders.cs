using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CoPilot.Realtime.Sqlite;

/// <summary>Sessions for reading, opened as needed and kept for the next reader. Thread-safe.</summary>
internal sealed class SqliteReaders(Func<SqliteConnection> open) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _closed;

    public T Use<T>(Func<SqliteSession, T> work)
    {
        if (_closed)
        {
            throw new StoreUnavailableException("The database is closed.");
        }

        try
        {
            return UseSession(work);
        }
        catch (SqliteException error) when (SqliteErrors.Wrap(error) is StoreUnavailableException unavailable)
        {
            throw unavailable;
        }
    }

    public void Dispose()
    {
        _closed = true;
        CloseIdle();
    }

    private T UseSession<T>(Func<SqliteSession, T> work)
    {
        if (!_idle.TryTake(out var session))
        {
            session = new SqliteSession(open());
        }

        var usable = false;
        try
        {
            // One transaction, so that several statements see the same moment.
            session.Execute("BEGIN");
            try
            {
                return work(session);
            }
            finally
            {
                session.Execute("COMMIT");
                usable = true;
            }
        }
        finally
        {
            Return(session, usable);
        }
    }

    /// <summary>A session that could not end its transaction is closed: kept, it would fail every later reader.</summary>
    private void Return(SqliteSession session, bool usable)
    {
        if (!usable)
        {
            session.Dispose();
            return;
        }

        _idle.Add(session);
        if (_closed)
        {
            // The database was closed meanwhile and has not seen this session.
            CloseIdle();
        }
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
