namespace CoPilot.ChatServer.Identity;

internal static partial class IdentityLog
{
    [LoggerMessage(1, LogLevel.Information, "The agent {AgentId} is locked out for {LockTime} after too many failed sign-ins.")]
    public static partial void Locked(ILogger logger, string agentId, TimeSpan lockTime);

    [LoggerMessage(2, LogLevel.Information, "A handshake from an origin that is neither the customer's site nor our own was refused: {Origin}")]
    public static partial void OriginRefused(ILogger logger, string origin);
}
