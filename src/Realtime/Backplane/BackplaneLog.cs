using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Backplane;

internal static partial class BackplaneLog
{
    [LoggerMessage(1, LogLevel.Warning, "Redis did not take what this node has members of in {Hub}; trying again until it does.")]
    public static partial void MembershipsDelayed(ILogger logger, string hub, Exception error);

    [LoggerMessage(2, LogLevel.Warning, "A client's answer could not be handed to the node that waits for it.")]
    public static partial void ResultNotSent(ILogger logger, Exception error);

    [LoggerMessage(3, LogLevel.Error, "A group change that another node asked for failed.")]
    public static partial void GroupChangeFailed(ILogger logger, Exception error);

    [LoggerMessage(4, LogLevel.Warning,
        "Another node does not have hub protocol {Protocol}; connections that speak it are cut off when it sends them something. Give all nodes the same protocols.")]
    public static partial void ProtocolMissing(ILogger logger, string protocol);

    [LoggerMessage(5, LogLevel.Information, "Took {Count} dead nodes out of the memberships of {Hub}.")]
    public static partial void Swept(ILogger logger, int count, string hub);

    [LoggerMessage(6, LogLevel.Warning, "Cleaning up after dead nodes of {Hub} failed; trying again.")]
    public static partial void SweepFailed(ILogger logger, string hub, Exception error);
}
