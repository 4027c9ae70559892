using System.Text.Json;
using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <summary>The outbox as rows of JSON.</summary>
internal static class SqliteOutbox
{
    public static void Add(SqliteSession session, RoutingEffect effect) =>
        session.Execute(
            "INSERT INTO routing_outbox (site_id, body) VALUES ($1, $2)",
            effect.SiteId,
            JsonSerializer.Serialize(effect, RoutingJson.Default.RoutingEffect));

    public static List<RoutingEffect> Read(SqliteSession session, string siteId, int limit) =>
        session.Query(
            "SELECT effect_id, body FROM routing_outbox WHERE site_id = $1 ORDER BY effect_id LIMIT $2",
            row => JsonSerializer.Deserialize(row.GetString(1), RoutingJson.Default.RoutingEffect)! with { EffectId = row.GetInt64(0) },
            siteId,
            limit);

    public static int Complete(SqliteSession session, string siteId, long upToEffectId) =>
        session.Execute("DELETE FROM routing_outbox WHERE site_id = $1 AND effect_id <= $2", siteId, upToEffectId);
}
