namespace CoPilot.ChatServer.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(1, LogLevel.Information, "Stopping: {Open} connections are asked to reconnect elsewhere within {ReconnectWithin}.")]
    public static partial void Draining(ILogger logger, int open, TimeSpan reconnectWithin);

    [LoggerMessage(2, LogLevel.Error, "Draining failed; stopping without it.")]
    public static partial void DrainFailed(ILogger logger, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "No site is configured, so no customer can get in: add Sites:<id> to appsettings.json (see docs/configuration.md).")]
    public static partial void NoSites(ILogger logger);

    [LoggerMessage(4, LogLevel.Error, "{What} could not reach its store; others who cannot are answered alike and not logged until this is over.")]
    public static partial void StoreUnavailable(ILogger logger, string what, Exception error);

    [LoggerMessage(5, LogLevel.Warning, "Redis: {Setting} is {Found} and should be {Recommended}. {Consequence}")]
    public static partial void RedisSetting(ILogger logger, string setting, string found, string recommended, string consequence);

    [LoggerMessage(6, LogLevel.Warning, "Co-Pilot shows nothing of the demo shop at {Address}: pages must come over https or from this machine itself.")]
    public static partial void ShopNotShown(ILogger logger, string address);
}
