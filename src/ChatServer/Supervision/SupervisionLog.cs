namespace CoPilot.ChatServer.Supervision;

internal static partial class SupervisionLog
{
    [LoggerMessage(1, LogLevel.Error, "Site {SiteId} was not read for its supervisors; it is tried again each second, and they are shown what changed when it can be.")]
    public static partial void SiteReadFails(ILogger logger, string siteId, Exception error);
}
