using Microsoft.Data.Sqlite;

namespace CoPilot.Realtime.Sqlite;

internal static class SqliteErrors
{
    // SQLite's primary result codes (sqlite3.h) that speak of the file and the machine rather than of the statement.
    private const int Busy = 5;
    private const int Locked = 6;
    private const int OutOfMemory = 7;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int NotADatabase = 26;

    /// <summary>The error as callers of a store should see it: unavailable when the machine is at fault, else itself.</summary>
    public static Exception Wrap(Exception error) => error is SqliteException
    {
        SqliteErrorCode: Busy or Locked or OutOfMemory or ReadOnly or InputOutput or Corrupt or Full or CannotOpen or Protocol or NotADatabase,
    }
        ? new StoreUnavailableException("The database is out of reach.", error)
        : error;
}
