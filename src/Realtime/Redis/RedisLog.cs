using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Redis;

internal static partial class RedisLog
{
    [LoggerMessage(1, LogLevel.Information, "Redis: opened for {Purpose}, connected: {IsConnected}.")]
    public static partial void Opened(ILogger logger, string purpose, bool isConnected);
}
