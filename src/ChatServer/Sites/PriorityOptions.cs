using CoPilot.ChatServer.Routing;

namespace CoPilot.ChatServer.Sites;

/// <summary>Whom a queue gives a head start: who fits everything that is set here.</summary>
public sealed class PriorityOptions
{
    private const int RuleCount = 50;

    private static readonly TimeSpan Greatest = TimeSpan.FromSeconds(LinePlace.GreatestHeadStart);

    /// <summary>The topic that the customer picked.</summary>
    /// <value>One of those that lead to the queue. The default is any.</value>
    public string? Topic { get; set; }

    /// <summary>Whether the shop vouches for the customer.</summary>
    /// <value><c>true</c> or <c>false</c>. The default is either.</value>
    public bool? Verified { get; set; }

    /// <summary>An attribute of the customer that the shop signed in its identity token.</summary>
    /// <value>The default is none.</value>
    public string? Attribute { get; set; }

    /// <summary>What the attribute must be, letter by letter.</summary>
    /// <value>Required with <c>Attribute</c>.</value>
    public string? Value { get; set; }

    /// <summary>By how much who fits stands before others. What several rules give is added up, to at most the queue's <c>MaximumHeadStart</c>.</summary>
    /// <value>1 second to 30 minutes, whole seconds. Required.</value>
    public TimeSpan HeadStart { get; set; }

    internal PriorityRule ToRule() => new(HeadStart) { Topic = Topic, Verified = Verified, Attribute = Attribute, Value = Value };

    /// <param name="topics">Those that lead to the queue.</param>
    internal static IEnumerable<string> Faults(IList<PriorityOptions> rules, IReadOnlyCollection<string> topics)
    {
        if (rules.Count > RuleCount)
        {
            yield return $"at most {RuleCount} rules.";
        }

        foreach (var (number, rule) in rules.Index())
        {
            if (rule?.Fault(topics) is { } fault)
            {
                yield return $"rule {number}: {fault}";
            }
        }
    }

    private string? Fault(IReadOnlyCollection<string> topics)
    {
        if (HeadStart < TimeSpan.FromSeconds(1) || HeadStart > Greatest || HeadStart.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            return $"{nameof(HeadStart)} must be 1 second to 30 minutes, in whole seconds.";
        }

        if (Topic is null && Verified is null && Attribute is null)
        {
            return $"{nameof(Topic)}, {nameof(Verified)} or {nameof(Attribute)} must say whom it is for.";
        }

        if (Topic is not null && !topics.Contains(Topic))
        {
            return $"no topic '{Topic}' leads to the queue.";
        }

        return Attribute is null == Value is null ? null : $"{nameof(Attribute)} and {nameof(Value)} go together.";
    }
}
