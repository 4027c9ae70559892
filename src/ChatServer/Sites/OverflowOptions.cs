using System.ComponentModel.DataAnnotations;

namespace CoPilot.ChatServer.Sites;

/// <summary>When contacts of a queue go to another one, which each does once and with its place: only while the other is open, takes what they are, has room, and somebody who has it is signed in.</summary>
public sealed class OverflowOptions
{
    /// <summary>The other queue.</summary>
    /// <value>One of the site's. Required.</value>
    [Required]
    public string Queue { get; set; } = "";

    /// <summary>How long a contact waits before it goes there; as often as it cannot, it is tried again after as long.</summary>
    /// <value>1 second to 24 hours. The default is none: waiting alone moves nobody.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan? After { get; set; }

    /// <summary>Whether contacts go there at once when they come while nobody who has this queue is signed in.</summary>
    /// <value>The default is <c>false</c>.</value>
    public bool WhenNobody { get; set; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    /// <param name="own">The queue that it is set for.</param>
    internal string? Fault(string own, ICollection<string> queues)
    {
        if (Queue.Length > 0 && !queues.Contains(Queue))
        {
            return $"the site has no queue '{Queue}'.";
        }

        if (Queue == own)
        {
            return "the other queue cannot be the queue itself.";
        }

        return After is null && !WhenNobody ? $"{nameof(After)} or {nameof(WhenNobody)} must say when." : null;
    }
}
