namespace CoPilot.ChatServer.Callbacks;

/// <summary>Lines about calls. They name attempts, never numbers nor the provider's address, in which there may be a secret.</summary>
internal static partial class CallLog
{
    [LoggerMessage(1, LogLevel.Warning, "The provider of site {SiteId} cannot call at present: attempt {AttemptId}, try {Tries} was answered {Status}.")]
    public static partial void ProviderFailed(ILogger logger, string siteId, string attemptId, int tries, int status);

    [LoggerMessage(2, LogLevel.Warning, "The provider of site {SiteId} was not reached: attempt {AttemptId}, try {Tries}: {Error}.")]
    public static partial void ProviderUnreachable(ILogger logger, string siteId, string attemptId, int tries, HttpRequestError error);

    [LoggerMessage(3, LogLevel.Warning, "The provider of site {SiteId} did not answer within {Limit}: attempt {AttemptId}, try {Tries}.")]
    public static partial void ProviderSilent(ILogger logger, string siteId, string attemptId, int tries, TimeSpan limit);

    [LoggerMessage(4, LogLevel.Error, "The provider of site {SiteId} refuses attempt {AttemptId} with {Status}; the agent has to dial.")]
    public static partial void ProviderRefused(ILogger logger, string siteId, string attemptId, int status);

    [LoggerMessage(5, LogLevel.Error, "The provider of site {SiteId} took attempt {AttemptId} in none of {Tries} tries; the agent has to dial.")]
    public static partial void ProviderGivenUp(ILogger logger, string siteId, string attemptId, int tries);

    [LoggerMessage(6, LogLevel.Error, "Too many calls of site {SiteId} wait for its provider; the agent has to dial attempt {AttemptId}.")]
    public static partial void TooManyCalls(ILogger logger, string siteId, string attemptId);

    [LoggerMessage(7, LogLevel.Error, "Asking for attempt {AttemptId} of site {SiteId} failed; it is asked for again.")]
    public static partial void DialingFailed(ILogger logger, string siteId, string attemptId, Exception error);
}
