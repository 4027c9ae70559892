using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Redis;

internal static partial class RedisLog
{
    [LoggerMessage(2, LogLevel.Warning, "Redis at {Address} is out of reach ({Reason}); trying again.")]
    public static partial void Away(ILogger logger, string address, string reason);

    [LoggerMessage(3, LogLevel.Information, "Redis at {Address} is back.")]
    public static partial void Back(ILogger logger, string address);

    [LoggerMessage(4, LogLevel.Information, "Redis: the primary is {Address} now.")]
    public static partial void PrimaryChanged(ILogger logger, string address);

    [LoggerMessage(5, LogLevel.Error, "Watching over the connections to Redis failed; watching on.")]
    public static partial void WatchFailed(ILogger logger, Exception error);

    [LoggerMessage(6, LogLevel.Debug, "Redis: a connection to {Address} ended ({Reason}).")]
    public static partial void ConnectionEnded(ILogger logger, string address, string reason);
}
