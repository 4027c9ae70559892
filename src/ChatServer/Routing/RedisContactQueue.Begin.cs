using System.Collections.Concurrent;

namespace CoPilot.ChatServer.Routing;

/// <summary>This process' first step in each site.</summary>
internal sealed partial class RedisContactQueue
{
    /// <summary>Of the keys and of what is in them, those of the site's conversations included; another one when a version cannot go on with what the version before it kept.</summary>
    private const int Layout = 4;

    private readonly ConcurrentDictionary<string, bool> _begun = new(StringComparer.Ordinal);

    /// <summary>Made by itself before the first step of a site. Twice at once is as once.</summary>
    /// <exception cref="RoutingLayoutException">Another version has kept the site in another way.</exception>
    internal Task BeginAsync(string siteId, CancellationToken cancellationToken = default) =>
        _sites.Find(siteId) is { } site ? BeginAsync(site, cancellationToken) : Task.CompletedTask;

    private async Task BeginAsync(RedisRoutingSite site, CancellationToken cancellationToken)
    {
        var reply = await RunAsync(RedisRoutingScripts.Begin, site, [.. site.Keys, site.Layout], [Layout], cancellationToken);
        if (!reply.IsAccepted)
        {
            throw new RoutingLayoutException(
                $"Redis has the routing or the conversations of site {site.Site.Id} as another version of CoPilot keeps it ({site.Layout} is {(string?)reply[0]}, here it is {Layout}). "
                + "Let that version finish what is open, stop its nodes and remove what it kept: docs/operations.md, \"Restarting and upgrading\".");
        }

        _begun[site.Site.Id] = true;
    }
}
