namespace CoPilot.ChatServer.Hosting;

/// <summary>
/// Keeps tokens out of every log, whatever the operator configures: a browser can show its token on a WebSocket handshake only in the query,
/// and the framework logs whole request lines.
/// </summary>
internal static class TokenFreeLogging
{
    private const string RequestLines = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void HideTokens(this ILoggingBuilder logging) => logging.Services.PostConfigure<LoggerFilterOptions>(Hide);

    /// <summary>
    /// A rule of its own would lose against any rule for one provider, such as <c>Logging:Console:LogLevel:Default</c>. So each rule gets
    /// the exception, and one more is there for when no rule matches.
    /// </summary>
    private static void Hide(LoggerFilterOptions options)
    {
        for (var i = 0; i < options.Rules.Count; i++)
        {
            var rule = options.Rules[i];
            options.Rules[i] = new LoggerFilterRule(
                rule.ProviderName,
                rule.CategoryName,
                rule.LogLevel,
                (provider, category, level) => category != RequestLines && (rule.Filter?.Invoke(provider, category, level) ?? true));
        }

        options.Rules.Insert(0, new LoggerFilterRule(null, null, options.MinLevel, (_, category, _) => category != RequestLines));
    }
}
