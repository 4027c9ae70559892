using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Sites;
using CoPilot.CoBrowse.Scope;

namespace CoPilot.ChatServer.CoPilot;

/// <summary>Answers from the configured sites. A policy is made at each question, because the demo shop's origin is known only once it listens.</summary>
internal sealed class CoPilotSites(ISiteCatalog sites, OriginPolicy origins) : ICoPilotSites
{
    public CoPilotSite? Find(string siteId)
    {
        if (!sites.TryGet(siteId, out var site))
        {
            return null;
        }

        var rules = site.CoPilot?.RulesFor(origins.Of(site)) ?? ScopeRules.Nothing;
        return new CoPilotSite(new ScopePolicy(rules), site.CoPilot?.ShownSelectors ?? [], site.CoPilot?.Department ?? site.Name);
    }
}
