using CoPilot.Realtime;
using CoPilot.Realtime.Sqlite;
using Microsoft.Data.Sqlite;

namespace CoPilot.CoBrowse.Hosting;

/// <summary>The embedded engine's file, opened at the first use. Its own, so that sessions and chat never wait for each other's commits.</summary>
internal sealed class SqliteCoBrowse(Func<SqliteDatabase> open) : ICoBrowseEngine, IAsyncDisposable
{
    private readonly Lazy<SqliteDatabase> _database = new(open);

    public SqliteDatabase Database => _database.Value;

    public void Open()
    {
        try
        {
            _ = _database.Value;
        }
        catch (SqliteException error)
        {
            throw new InvalidOperationException($"The database of Co-Pilot cannot be opened: {error.Message}", error);
        }
    }

    public string? FindTrouble()
    {
        try
        {
            return Database.Read(session => session.Scalar("SELECT 1")) is null ? "the store of Co-Pilot is empty" : null;
        }
        catch (Exception error) when (error is SqliteException or StoreUnavailableException)
        {
            return "the store of Co-Pilot does not answer";
        }
    }

    public ValueTask DisposeAsync() => _database.IsValueCreated ? _database.Value.DisposeAsync() : ValueTask.CompletedTask;
}
