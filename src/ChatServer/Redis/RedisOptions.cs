using System.ComponentModel.DataAnnotations;
using CoPilot.ChatServer.Hosting;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Redis;

/// <summary>How this node uses the Redis of <c>ConnectionStrings:Redis</c>.</summary>
[ConfigurationSection("Redis")]
public sealed class RedisOptions
{
    /// <summary>In front of every key and channel, so that several installations can share a Redis. The same on every node.</summary>
    /// <value>1 to 40 of <c>A-Z a-z 0-9 . _ -</c>. The default is <c>copilot</c>.</value>
    [Required]
    [RegularExpression("[A-Za-z0-9._-]{1,40}", ErrorMessage = "It must be 1 to 40 of A-Z a-z 0-9 . _ -")]
    public string KeyPrefix { get; set; } = "copilot";

    /// <summary>A command that Redis has not answered after this has failed, and the caller is told <c>unavailable</c>.</summary>
    /// <value>100 milliseconds to 1 minute. The default is 3 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(3);

    internal RedisSettings ToSettings(IConfiguration configuration) =>
        new(configuration.GetConnectionString("Redis")!, KeyPrefix) { CommandTimeout = CommandTimeout };

    /// <summary>The connection string holds a password, so a fault repeats nothing of it.</summary>
    internal static IEnumerable<string> FindFault(IConfiguration configuration) =>
        RedisSettings.FindFault(configuration.GetConnectionString("Redis")!) is { } fault ? [$"ConnectionStrings:Redis: {fault} See docs/redis.md."] : [];
}
