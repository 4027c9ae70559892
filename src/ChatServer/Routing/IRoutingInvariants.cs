namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Looks at a site's live routing state for what must never be: the invariants of <see cref="IContactQueue"/>. Thread-safe; changes nothing that anybody could see.
/// <para><b>Cost.</b> One call looks at a few hundred open contacts at most, or at the connected agents a hundred at a time, so that neither a long line nor many agents hold up a step;
/// what is closed is never looked at. A whole look costs as much as the site has open contacts and agents.</para>
/// <para><b>Truth.</b> Each call sees one moment, and what it counts was broken then. What only time has changed, and the next timer or step puts right, is not counted.</para>
/// </summary>
public interface IRoutingInvariants
{
    /// <param name="from">Null to begin; then what the call before answered.</param>
    Task<InvariantPart> CheckAsync(string siteId, string? from, CancellationToken cancellationToken = default);
}

/// <param name="Broken">How often each of <see cref="RoutingInvariants"/> was found broken; those that hold may be missing.</param>
/// <param name="Next">Where to go on; null when this was the last part.</param>
public sealed record InvariantPart(IReadOnlyDictionary<string, int> Broken, string? Next);

/// <summary>What is looked at.</summary>
public static class RoutingInvariants
{
    /// <summary>A contact has two owners, or another one than its offer.</summary>
    public const string Owner = "owner";

    /// <summary>Somebody waits while an agent is free who matches them.</summary>
    public const string Match = "match";

    /// <summary>An agent's load is not what they own.</summary>
    public const string Load = "load";

    /// <summary>A contact that waits or is offered stands in no line, or in one that is not its queue's; or one stands there that does neither.</summary>
    public const string Line = "line";

    /// <summary>The lanes that offers are made from are not what waits in the line.</summary>
    public const string Lane = "lane";

    public static readonly IReadOnlyList<string> All = [Owner, Match, Load, Line, Lane];
}
