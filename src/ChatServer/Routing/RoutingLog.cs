namespace CoPilot.ChatServer.Routing;

internal static partial class RoutingLog
{
    [LoggerMessage(1, LogLevel.Error, "Routing of site {SiteId} does not get on: timers and effects wait, and are tried again until it does.")]
    public static partial void PumpFails(ILogger logger, string siteId, Exception error);

    [LoggerMessage(2, LogLevel.Information, "Routing of site {SiteId} gets on again.")]
    public static partial void PumpRecovered(ILogger logger, string siteId);

    [LoggerMessage(3, LogLevel.Error, "The leases of site {SiteId}'s agents were not renewed; they are tried again before they run out.")]
    public static partial void RenewalFails(ILogger logger, string siteId, Exception error);

    [LoggerMessage(4, LogLevel.Error, "The lines of site {SiteId} were not read; positions and queues are pushed when they can be.")]
    public static partial void LineUpdateFails(ILogger logger, string siteId, Exception error);

    [LoggerMessage(5, LogLevel.Error, "The store lost conversation {ConversationId}, which routing still has; it begins anew.")]
    public static partial void ConversationLost(ILogger logger, string conversationId, Exception error);

    [LoggerMessage(6, LogLevel.Error, "The leases of site {SiteId}'s customers were not renewed; they are tried again each second before they run out.")]
    public static partial void CustomersNotRenewed(ILogger logger, string siteId, Exception error);

    [LoggerMessage(7, LogLevel.Error, "Routing of site {SiteId} is not as it must be: {Invariant} is broken {Count} times. docs/operations.md says what that means.")]
    public static partial void InvariantBroken(ILogger logger, string siteId, string invariant, int count);

    [LoggerMessage(8, LogLevel.Error, "Whether routing of site {SiteId} is as it must be could not be looked at; it is tried again each minute.")]
    public static partial void WatchdogFails(ILogger logger, string siteId, Exception error);
}
