using CoPilot.Realtime.Redis;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Redis;

/// <summary>
/// Connections for tests in which Redis never goes away. The product gives a command up after three seconds and a connection after two, which is how long a busy machine
/// may stand still: a test that had nothing to do with outages failed then, and the next one with it, which found the connection given up.
/// </summary>
internal static class PatientRedis
{
    /// <summary>Neither is a limit of the product's; both lie within the deadline of a test's step.</summary>
    private const string Patience = ",connectTimeout=20000,keepAlive=60";

    public static RedisConnections Connect(string configuration, string keyPrefix, LogWatcher log) =>
        new(new RedisSettings(configuration + Patience, keyPrefix) { CommandTimeout = Deadline.Default }, TimeProvider.System, log.For<RedisConnections>());
}
