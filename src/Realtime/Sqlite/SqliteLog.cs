using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Sqlite;

internal static partial class SqliteLog
{
    [LoggerMessage(1, LogLevel.Error, "The database did not commit; the calls waiting for it are answered as unavailable.")]
    public static partial void CommitFailed(ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Error, "Something that was to follow a commit failed; the commit stands.")]
    public static partial void AfterCommitFailed(ILogger logger, Exception error);
}
