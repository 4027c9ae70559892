namespace CoPilot.ChatServer.Sites;

/// <summary>The words of <see cref="QueueOptions.Strategy"/>: which of the agents who match a contact is offered it. Among equals it is the longest idle.</summary>
public static class QueueStrategies
{
    /// <summary>The one with the highest level in the queue, then the least loaded.</summary>
    public const string BestLevel = "best_level";

    /// <summary>The one with the fewest contacts, whatever the levels.</summary>
    public const string LeastLoaded = "least_loaded";

    /// <summary>The one who had nothing to do with a contact for the longest time, whatever levels and loads.</summary>
    public const string LongestIdle = "longest_idle";
}
