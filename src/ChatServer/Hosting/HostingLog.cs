namespace CoPilot.ChatServer.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(1, LogLevel.Information, "Stopping: {Open} connections are asked to reconnect elsewhere within {ReconnectWithin}.")]
    public static partial void Draining(ILogger logger, int open, TimeSpan reconnectWithin);

    [LoggerMessage(2, LogLevel.Error, "Draining failed; stopping without it.")]
    public static partial void DrainFailed(ILogger logger, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "No site is configured, so no customer can get in: add Sites:<id> to appsettings.json (see docs/configuration.md).")]
    public static partial void NoSites(ILogger logger);
}
