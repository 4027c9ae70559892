using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Sites;
using CoPilot.CoBrowse.Scope;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.ChatServer.CoPilot;

/// <summary>
/// Answers from the configured sites. A policy is made at each question, because the demo shop's origin is known only once it listens. No check of the
/// configuration has seen that one: where it cannot be shown, the site's other origins can.
/// </summary>
internal sealed class CoPilotSites(ISiteCatalog sites, OriginPolicy origins) : ICoPilotSites
{
    public IReadOnlyCollection<string> SiteIds { get; } = [.. sites.All.Select(site => site.Id)];

    public CoPilotSite? Find(string siteId)
    {
        if (!sites.TryGet(siteId, out var site))
        {
            return null;
        }

        var rules = site.CoPilot?.RulesFor(origins.Of(site).Where(ScopeFaults.IsSafeOrigin)) ?? ScopeRules.Nothing;
        return new CoPilotSite(new ScopePolicy(rules), site.CoPilot?.ShownSelectors ?? [], site.CoPilot?.Department ?? site.Name)
        {
            Pages = site.CoPilot?.Pages ?? [],
            NavigateAtOnce = site.CoPilot?.NavigateAtOnce == true,
        };
    }
}
