using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CoPilot.ChatServer.Sqlite;

/// <summary>Sessions for reading, opened as needed and kept for the next reader. Thread-safe.</summary>
internal sealed class SqliteReaders(Func<SqliteConnection> open) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];

    public T Use<T>(Func<SqliteSession, T> work)
    {
        if (!_idle.TryTake(out var session))
        {
            session = new SqliteSession(open());
        }

        try
        {
            // One transaction, so that several statements see the same moment.
            session.Execute("BEGIN");
            return work(session);
        }
        finally
        {
            session.Execute("COMMIT");
            _idle.Add(session);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
