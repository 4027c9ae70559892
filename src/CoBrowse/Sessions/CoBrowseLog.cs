using CoPilot.Realtime;
using Microsoft.Extensions.Logging;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>Never a code, a token or an address of a page.</summary>
internal static partial class CoBrowseLog
{
    [LoggerMessage(1, LogLevel.Information, "Session {SessionId} ended: {Reason}.")]
    public static partial void Ended(ILogger logger, string sessionId, string reason);

    [LoggerMessage(2, LogLevel.Warning, "A customer says that they did not call the shop: session {SessionId} of agent {AgentId}.")]
    public static partial void NotRequested(ILogger logger, string sessionId, string agentId);

    [LoggerMessage(3, LogLevel.Warning, "Due sessions cannot be looked at; tried again every second.")]
    public static partial void TimersAway(ILogger logger, StoreUnavailableException error);

    [LoggerMessage(4, LogLevel.Information, "Too many codes were tried; codes wait {Seconds} s.")]
    public static partial void Throttled(ILogger logger, int seconds);

    [LoggerMessage(5, LogLevel.Debug, "A notice of a session did not get to another node.")]
    public static partial void NoticeLost(ILogger logger, StoreUnavailableException error);

    [LoggerMessage(6, LogLevel.Warning, "A customer's browser sent what an honest one never does, and session {SessionId} ends: {Reason}.")]
    public static partial void Refused(ILogger logger, string sessionId, string reason);

    [LoggerMessage(7, LogLevel.Debug, "That agents are connected could not be written into their sessions.")]
    public static partial void AgentsNotSeen(ILogger logger, StoreUnavailableException error);
}
