namespace CoPilot.ChatServer.Callbacks;

/// <summary>Never a number, nor its hash.</summary>
internal static partial class CallbackLog
{
    [LoggerMessage(1, LogLevel.Information, "Too many call-backs were asked for on site {SiteId}; the next one waits {Seconds} s.")]
    public static partial void Throttled(ILogger logger, string siteId, int seconds);
}
