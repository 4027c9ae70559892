using CoPilot.ChatServer.Routing;

namespace CoPilot.ChatServer.Sites;

/// <summary>Whom a queue gives a head start: who fits all that the rule says.</summary>
/// <param name="HeadStart">Whole seconds, at most <see cref="LinePlace.GreatestHeadStart"/> of them.</param>
public sealed record PriorityRule(TimeSpan HeadStart)
{
    /// <summary>Null for any.</summary>
    public string? Topic { get; init; }

    /// <summary>Null for whether the shop vouches for the customer or not.</summary>
    public bool? Verified { get; init; }

    /// <summary>What the shop must have signed about the customer; null for nothing.</summary>
    public string? Attribute { get; init; }

    /// <summary>What the attribute must be.</summary>
    public string? Value { get; init; }

    public bool Fits(string topic, bool verified, IReadOnlyDictionary<string, string> attributes) =>
        (Topic is null || Topic == topic)
        && (Verified is null || Verified == verified)
        && (Attribute is null || (attributes.TryGetValue(Attribute, out var value) && value == Value));
}
