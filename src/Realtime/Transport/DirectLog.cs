using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Transport;

internal static partial class DirectLog
{
    [LoggerMessage(1, LogLevel.Error, "The heartbeat of connection {ConnectionId} failed.")]
    public static partial void BeatFailed(ILogger logger, string connectionId, Exception error);

    [LoggerMessage(2, LogLevel.Error, "The hub of connection {ConnectionId} failed.")]
    public static partial void HubFailed(ILogger logger, string connectionId, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "{Connections} connections had not ended when the server stopped.")]
    public static partial void StoppedWithOpen(ILogger logger, int connections);
}
