using System.Security.Authentication;
using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>What the library's exceptions, and Redis' errors, mean. Redis begins an error with a word for its kind; only that word is looked at.</summary>
internal static class RedisErrors
{
    /// <summary>Kinds that speak of the state Redis is in rather than of the command.</summary>
    private static readonly HashSet<string> StatesOfRedis = new(StringComparer.Ordinal)
    {
        "LOADING", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "MOVED", "ASK", "OOM", "MISCONF", "NOREPLICAS", "BUSY", "NOAUTH", "WRONGPASS",
    };

    /// <summary>Nothing that the caller gave is wrong; the outcome is unknown.</summary>
    public static bool IsUnavailable(Exception error) => error switch
    {
        RedisErrorException answer => StatesOfRedis.Contains(answer.Kind),
        RedisServerException server => StatesOfRedis.Contains(Kind(server)) || IsMemberOutOfReach(server),
        RedisConnectionException or RedisTimeoutException or TimeoutException or ObjectDisposedException or OperationCanceledException => true,
        _ => IsStumble(error),
    };

    /// <summary>
    /// Redis forgets scripts when it restarts, when told to, and when another primary takes over. Functions it forgets when told to, and with its data.
    /// </summary>
    public static bool IsUnknownScript(string? error) =>
        error is not null && (RedisErrorException.KindOf(error) == "NOSCRIPT" || error.StartsWith("ERR Function not found", StringComparison.Ordinal));

    /// <summary>Another primary may be there by now.</summary>
    public static bool MayHaveMoved(Exception error) =>
        error is RedisConnectionException or RedisErrorException { Kind: "READONLY" or "MASTERDOWN" } || IsStumble(error)
        || (error is RedisServerException server && (Kind(server) is "READONLY" or "MASTERDOWN" || IsMemberOutOfReach(server)));

    /// <summary>Why Redis, or our side of TLS, refuses, which waiting does not mend; null for anything else.</summary>
    public static string? FindRefusal(Exception error)
    {
        var isRefused = false;
        for (var each = error; each is not null; each = each.InnerException)
        {
            if (each is AuthenticationException certificate)
            {
                // The library calls this a failure of authentication as well.
                return $"The certificate that Redis shows is not trusted: {certificate.Message}";
            }

            isRefused |= each is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure }
                || (each is RedisServerException server && Kind(server) is "NOAUTH" or "WRONGPASS");
        }

        return isRefused ? "Redis refused the password in the connection string, or asks for one and none is given." : null;
    }

    /// <summary>
    /// No connection, and nothing yet that says why: the library has begun one and is told only in a moment that it is refused, or closed.
    /// </summary>
    public static bool IsUnexplained(Exception error) => error is RedisConnectionException { InnerException: null };

    /// <summary>For metrics: a short word from a small set.</summary>
    public static string Reason(Exception error) => error switch
    {
        RedisErrorException answer => answer.Kind.ToLowerInvariant(),
        RedisServerException server when StatesOfRedis.Contains(Kind(server)) => Kind(server).ToLowerInvariant(),
        RedisServerException or RedisConnectionException or ObjectDisposedException or StoreUnavailableException => "not_connected",
        _ => IsStumble(error) ? "not_connected" : "no_answer",
    };

    /// <summary>
    /// The library without a connection, while it looks for the last failure to name it: it asks twice, and a connection that begins or ends in between leaves it
    /// with a null reference.
    /// </summary>
    private static bool IsStumble(Exception error) => error is NullReferenceException { Source: "StackExchange.Redis" };

    private static string Kind(RedisServerException error) => RedisErrorException.KindOf(error.Message);

    /// <summary>The library's own words, dressed as an answer, when a cluster's member that owns the slot has no connection.</summary>
    private static bool IsMemberOutOfReach(RedisServerException error) =>
        error.Message.StartsWith("Endpoint ", StringComparison.Ordinal) && error.Message.Contains(" is not reachable ", StringComparison.Ordinal);
}
