using System.Globalization;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>The keys of a site held against each other, in scripts that are done within a millisecond.</summary>
internal sealed partial class RedisContactQueue : IRoutingInvariants
{
    /// <summary>Contacts or agents in one script: each takes several commands.</summary>
    private const int CheckedAtOnce = 50;

    /// <param name="from">Number of the part, and where to begin in it.</param>
    public async Task<InvariantPart> CheckAsync(string siteId, string? from, CancellationToken cancellationToken = default)
    {
        if (_sites.Find(siteId) is not { } site)
        {
            return new InvariantPart(new Dictionary<string, int>(), null);
        }

        var parts = PartsOf(site.Site);
        var (part, after) = from?.Split(' ') is [var number, var begin]
            ? (int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture), begin)
            : (0, "0");
        var reply = await StepAsync(RedisRoutingScripts.ReadInvariants, site, [parts[part].Kind, parts[part].Name, after, CheckedAtOnce], cancellationToken);
        var counts = (RedisReply[])reply[0]!;
        return new InvariantPart(
            RoutingInvariants.All.Zip(counts, (invariant, count) => KeyValuePair.Create(invariant, (int)count)).ToDictionary(StringComparer.Ordinal),
            RedisRoutingReplies.ReadText(reply[1]) is { } next ? $"{part} {next}" : part + 1 < parts.Count ? $"{part + 1} 0" : null);
    }

    private static List<(string Kind, string Name)> PartsOf(Site site) =>
    [
        ("contacts", ""),
        ("agents", ""),
        .. from queue in site.Queues select ("line", queue.Name),
        .. from queue in site.Queues
            from kind in (string[])[ContactKinds.Chat, ContactKinds.Callback]
            from part in (string[])["waiting", "passed"]
            select (part, $"{queue.Name}:{kind}"),
    ];
}
