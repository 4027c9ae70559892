namespace CoPilot.ChatServer.Hubs;

internal static partial class HubLog
{
    [LoggerMessage(2, LogLevel.Error, "{Method} failed unexpectedly; incident {Incident}.")]
    public static partial void CallFailed(ILogger logger, string method, string incident, Exception error);

    [LoggerMessage(3, LogLevel.Debug, "{Method} was refused: too many calls.")]
    public static partial void RateLimited(ILogger logger, string method);

    [LoggerMessage(4, LogLevel.Information, "Agent {AgentId} was disabled while connected; cut off.")]
    public static partial void DisabledAgentCutOff(ILogger logger, string agentId);
}
