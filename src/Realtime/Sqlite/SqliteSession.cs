using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Sqlite;

/// <summary>
/// One connection with its prepared statements, used by one piece of work at a time. Work given to
/// <see cref="SqliteDatabase.WriteAsync{T}"/> gets the writer's session inside a transaction and may ask for things to be
/// done after the commit.
/// </summary>
public sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private readonly List<Action> _afterCommit = [];

    internal SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>
    /// A statement, prepared once per session. Parameters are named <c>$1</c>, <c>$2</c> ... in the order of
    /// <paramref name="values"/>; null is SQL's NULL.
    /// </summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Statements that will not come again, such as a schema step's: run without being kept.</summary>
    internal void ExecuteOnce(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; null when there is no row or it is NULL.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values)
    {
        var value = Bind(sql, values).ExecuteScalar();
        return value is DBNull ? null : value;
    }

    public T? QuerySingle<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>
    /// Runs after the commit that makes this work durable, in the order of the commits, on the writer: it must be short and
    /// must not throw. Not run when the work fails.
    /// </summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    internal int AfterCommitCount => _afterCommit.Count;

    internal void ForgetAfterCommit(int from) => _afterCommit.RemoveRange(from, _afterCommit.Count - from);

    internal void RunAfterCommit(ILogger logger)
    {
        foreach (var action in _afterCommit)
        {
            try
            {
                action();
            }
#pragma warning disable CA1031 // The work is committed: an announcer's fault must neither stop the writer nor make a success look like a failure.
            catch (Exception error)
#pragma warning restore CA1031
            {
                SqliteLog.AfterCommitFailed(logger, error);
            }
        }

        _afterCommit.Clear();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
            }

            _prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}
