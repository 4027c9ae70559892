using System.Globalization;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// <see cref="IRoutingInvariants"/> on the embedded engine: reads on snapshots, beside the writer and never in its way. First the agents and whether an offer was left out; then open
/// contacts in the order of their places, so many in one read.
/// </summary>
internal sealed class SqliteRoutingInvariants(SqliteDatabase database, ISiteCatalog sites, TimeProvider clock) : IRoutingInvariants
{
    private const int AtOnce = 500;

    private const string Contacts =
        """
        SELECT c.place, c.state, c.kind, c.agent_id, o.contact_id = c.contact_id AND o.agent_id = c.agent_id
            AND (CASE c.state WHEN 'offered' THEN o.outcome IS NULL ELSE o.outcome = 'accepted' END)
        FROM routing_contact c LEFT JOIN routing_offer o ON o.offer_id = c.offer_id
        WHERE c.site_id = $1 AND c.state <> 'closed' AND c.place > $2 ORDER BY c.place LIMIT $3
        """;

    private const string WithoutPlace =
        "SELECT COUNT(*) FROM routing_contact WHERE site_id = $1 AND state <> 'closed' AND place IS NULL AND state IN ('waiting', 'offered')";

    private const string WrongLoads =
        """
        SELECT COUNT(*) FROM routing_agent a
        WHERE a.site_id = $1 AND (
            a.load <> (SELECT COUNT(*) FROM routing_contact c WHERE c.site_id = $1 AND c.agent_id = a.agent_id AND c.state = 'active')
                + (SELECT COUNT(*) FROM routing_contact c WHERE c.site_id = $1 AND c.agent_id = a.agent_id AND c.state = 'offered')
            OR a.has_offer <> EXISTS (SELECT 1 FROM routing_contact c WHERE c.site_id = $1 AND c.agent_id = a.agent_id AND c.state = 'offered'))
        """;

    public Task<InvariantPart> CheckAsync(string siteId, string? from, CancellationToken cancellationToken = default)
    {
        if (!sites.TryGet(siteId, out var site))
        {
            return Task.FromResult(new InvariantPart(new Dictionary<string, int>(), null));
        }

        return Task.FromResult(database.Read(session => from is null
            ? CheckAgents(session, site)
            : CheckContacts(session, siteId, long.Parse(from, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))));
    }

    private InvariantPart CheckAgents(SqliteSession session, Site site)
    {
        var now = clock.GetUtcNow();
        // With a timer that is due time alone may have made a match, and the pump is about to see to it.
        var isTimerDue = SqliteTimers.NextDue(session, site.Id) <= now;
        var broken = new Dictionary<string, int>
        {
            [RoutingInvariants.Load] = Count(session, WrongLoads, site.Id),
            [RoutingInvariants.Line] = Count(session, WithoutPlace, site.Id),
            [RoutingInvariants.Match] = !isTimerDue && SqliteMatching.FindNext(session, site, now.ToUnixTimeMilliseconds()) is not null ? 1 : 0,
        };
        return new InvariantPart(broken, long.MinValue.ToString(CultureInfo.InvariantCulture));
    }

    private static InvariantPart CheckContacts(SqliteSession session, string siteId, long after)
    {
        var rows = session.Query(
            Contacts,
            row => (Place: row.GetInt64(0), State: row.GetString(1), Kind: row.GetString(2), Agent: !row.IsDBNull(3), Offer: !row.IsDBNull(4) && row.GetBoolean(4)),
            siteId,
            after,
            AtOnce);
        var broken = new Dictionary<string, int>
        {
            [RoutingInvariants.Owner] = rows.Count(
                row => row.State is ContactStates.Offered or ContactStates.Active ? !(row.Agent && row.Offer) : row.Agent),
            [RoutingInvariants.Lane] = rows.Count(row => row.Kind is not (ContactKinds.Chat or ContactKinds.Callback)),
        };
        return new InvariantPart(broken, rows.Count == AtOnce ? rows[^1].Place.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static int Count(SqliteSession session, string query, string siteId) => (int)(long)session.Scalar(query, siteId)!;
}
