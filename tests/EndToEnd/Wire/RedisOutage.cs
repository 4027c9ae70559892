namespace CoPilot.EndToEnd.Wire;

internal static class RedisOutage
{
    /// <summary>Of each warning with which a node may speak of an outage of Redis, a part.</summary>
    public static readonly IReadOnlyList<string> Warnings =
    [
        "could not reach its store", "cannot reach Redis", "is out of reach", "does not get on", "were not read", "were not renewed", "Redis did not take",
        "Cleaning up after dead nodes", "Due sessions cannot be looked at",
    ];
}
