namespace CoPilot.Realtime.Redis;

/// <param name="Configuration">
/// StackExchange.Redis' own form: <c>host:port,host:port,password=...,ssl=true</c>. With <c>serviceName=NAME</c> the addresses are those of Sentinels, and the
/// primary is asked of them; a password is sent to both, and Sentinels that want none take no offence.
/// </param>
/// <param name="KeyPrefix">In front of every key and channel, so that applications that share a Redis never hear each other.</param>
public sealed record RedisSettings(string Configuration, string KeyPrefix)
{
    /// <summary>A command without an answer after this is <see cref="StoreUnavailableException"/>: far above a slow moment, short enough for a person who waits.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Why a connection string cannot be used, in a sentence that repeats none of its values; null when it can.</summary>
    public static string? FindFault(string configuration)
    {
        try
        {
            RedisConfiguration.Parse(configuration);
            return null;
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }
}
