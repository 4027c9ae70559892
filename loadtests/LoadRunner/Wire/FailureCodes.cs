using CoPilot.HubClient;

namespace CoPilot.LoadRunner.Wire;

/// <summary>A short word for what went wrong, as reports count it.</summary>
internal static class FailureCodes
{
    public static string Of(Exception error) => error switch
    {
        HubRefusalException refusal => refusal.Code,
        TimeoutException => "timeout",
        OperationCanceledException => "cancelled",
        IOException => "connection_lost",
        _ => error.GetType().Name,
    };
}
