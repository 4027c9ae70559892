using System.Collections.Concurrent;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Identity;

/// <summary>Which pages may call for whom: a site's pages for its customers, our own for agents. Thread-safe.</summary>
public sealed class OriginPolicy(ISiteCatalog sites, ServerAddresses addresses)
{
    private readonly ConcurrentDictionary<string, string> _added = new(StringComparer.Ordinal);

    /// <summary>Lets a page that this server itself shows act as one of the site's.</summary>
    public void Add(string siteId, string origin) => _added[origin] = siteId;

    public bool IsOwn(string origin) => addresses.OwnOrigins.Contains(origin);

    public bool BelongsTo(string siteId, string origin) =>
        (sites.TryGet(siteId, out var site) && site.Origins.Contains(origin))
        || (_added.TryGetValue(origin, out var added) && added == siteId);

    /// <summary>All of the site's pages' origins.</summary>
    public IReadOnlyList<string> Of(Site site) =>
        [.. site.Origins, .. _added.Where(added => added.Value == site.Id && !site.Origins.Contains(added.Key)).Select(added => added.Key)];

    /// <summary>Of any site: all that can be said before a request names its own.</summary>
    public bool BelongsToSome(string origin) =>
        _added.ContainsKey(origin) || sites.All.Any(site => site.Origins.Contains(origin));

    /// <summary>Of what needs no token: <c>forbidden</c> for pages that are neither the site's nor our own; null for those, and for programs, which have no origin.</summary>
    public Refusal? CheckPage(string origin, string? siteId) =>
        origin.Length == 0 || BelongsTo(siteId ?? "", origin) || IsOwn(origin)
            ? null
            : new Refusal(ErrorCodes.Forbidden, "This page does not belong to the site.");

    public bool Allows(Caller caller, string origin) => caller.IsCustomer ? BelongsTo(caller.SiteId, origin) : IsOwn(origin);
}
