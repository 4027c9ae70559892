using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Sqlite;

/// <summary>The file of conversations, routing and accounts.</summary>
internal static class ChatDatabase
{
    /// <summary>As <see cref="SqliteDatabase.Open(string, System.Reflection.Assembly, ILogger{SqliteDatabase}, SqliteMetrics?)"/>.</summary>
    public static SqliteDatabase Open(string path, ILogger<SqliteDatabase> logger, SqliteMetrics? metrics = null) =>
        SqliteDatabase.Open(path, typeof(ChatDatabase).Assembly, logger, metrics);
}
