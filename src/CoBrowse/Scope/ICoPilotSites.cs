using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Scope;

/// <summary>What each site lets Co-Pilot do; the host knows its sites. Thread-safe, and the same answer on every node but for demo shops, which each node has for itself.</summary>
public interface ICoPilotSites
{
    IReadOnlyCollection<string> SiteIds { get; }

    /// <returns>Null for an unknown site. A site that configured nothing has an empty scope: no page of it is ever shown.</returns>
    CoPilotSite? Find(string siteId);
}

/// <param name="ShownSelectors">CSS selectors of the regions whose text is shown without a mark in the page.</param>
/// <param name="Department">What the consent dialog calls the agent's department.</param>
public sealed record CoPilotSite(ScopePolicy Scope, IReadOnlyList<string> ShownSelectors, string? Department)
{
    /// <summary>What agents propose often; each can be proposed.</summary>
    public IReadOnlyList<SitePage> Pages { get; init; } = [];

    /// <summary>A page that is proposed opens without a question.</summary>
    public bool NavigateAtOnce { get; init; }
}
