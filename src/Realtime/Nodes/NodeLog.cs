using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Nodes;

internal static partial class NodeLog
{
    [LoggerMessage(1, LogLevel.Information, "Node {NodeId} hears its channel; what may have been missed was made good.")]
    public static partial void Recovered(ILogger logger, string nodeId);

    [LoggerMessage(2, LogLevel.Warning, "Node {NodeId} cannot reach Redis; trying again.")]
    public static partial void RedisAway(ILogger logger, string nodeId, Exception error);

    [LoggerMessage(3, LogLevel.Error, "Handling a message of kind {Kind} failed.")]
    public static partial void HandlerFailed(ILogger logger, byte kind, Exception error);

    [LoggerMessage(4, LogLevel.Error, "Making good what node {NodeId} may have missed failed; trying again.")]
    public static partial void RecoveryFailed(ILogger logger, string nodeId, Exception error);

    [LoggerMessage(5, LogLevel.Information, "Node {NodeId} is gone.")]
    public static partial void NodeLost(ILogger logger, string nodeId);

    [LoggerMessage(6, LogLevel.Error, "The heartbeat of node {NodeId} failed; trying again.")]
    public static partial void BeatFailed(ILogger logger, string nodeId, Exception error);

    [LoggerMessage(7, LogLevel.Error, "Node {NodeId} could not take its leave; the others will miss it as one that died.")]
    public static partial void FarewellFailed(ILogger logger, string nodeId, Exception error);
}
