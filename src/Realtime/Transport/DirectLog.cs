using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Transport;

internal static partial class DirectLog
{
    /// <summary>By the name that SignalR's own connections have in it.</summary>
    private static readonly Func<ILogger, string, IDisposable?> Scope =
        LoggerMessage.DefineScope<string>("TransportConnectionId:{TransportConnectionId}");

    [LoggerMessage(1, LogLevel.Error, "The heartbeat of connection {ConnectionId} failed.")]
    public static partial void BeatFailed(ILogger logger, string connectionId, Exception error);

    [LoggerMessage(2, LogLevel.Error, "The hub of connection {ConnectionId} failed.")]
    public static partial void HubFailed(ILogger logger, string connectionId, Exception error);

    /// <summary>Information: it is what clients see that are gone without a word when the server stops.</summary>
    [LoggerMessage(3, LogLevel.Information, "{Connections} connections did not end in time when the server stopped, and were cut.")]
    public static partial void CutAtStop(ILogger logger, int connections);

    /// <summary>What is logged about this connection from here on, also by its hub, names it.</summary>
    public static IDisposable? OfConnection(ILogger logger, string connectionId) => Scope(logger, connectionId);
}
