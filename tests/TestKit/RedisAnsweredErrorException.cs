namespace CoPilot.TestKit;

/// <summary>Redis refused a test's own command.</summary>
public sealed class RedisAnsweredErrorException(string message) : Exception(message);
