using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Connections;

internal static partial class HubConnectionLog
{
    /// <summary>Information: it happens to every telephone in a tunnel; the metric tells when it happens too often.</summary>
    [LoggerMessage(1, LogLevel.Information, "Connection {ConnectionId} did not keep up; aborted with {Unanswered} sends unanswered.")]
    public static partial void AbortedSlow(ILogger logger, string connectionId, int unanswered);

    [LoggerMessage(2, LogLevel.Error, "Sending to connection {ConnectionId} failed; aborted.")]
    public static partial void SendFailed(ILogger logger, string connectionId, Exception error);
}
