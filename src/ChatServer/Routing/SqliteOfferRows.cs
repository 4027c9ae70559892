using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <param name="Outcome">Null while it stands, then one of <see cref="Contracts.Reasons"/>.</param>
internal sealed record SqliteOfferRow(string ContactId, string AgentId, long OfferedAt, long ExpiresAt, string? Outcome)
{
    public Offer ToOffer(string offerId, Contact contact) =>
        new(offerId, contact, DateTimeOffset.FromUnixTimeMilliseconds(OfferedAt), DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt));
}

/// <summary>Reads and writes offers, which stay so that a repeated answer is recognised, and who was passed over.</summary>
internal static class SqliteOfferRows
{
    public static SqliteOfferRow? Find(SqliteSession session, string siteId, string offerId) =>
        session.QuerySingle(
            "SELECT contact_id, agent_id, offered_at, expires_at, outcome FROM routing_offer WHERE offer_id = $1 AND site_id = $2",
            row => new SqliteOfferRow(
                row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetString(4)),
            offerId,
            siteId);

    public static void Insert(
        SqliteSession session, string siteId, string contactId, string agentId, string offerId, long offeredAt, long expiresAt) =>
        session.Execute(
            "INSERT INTO routing_offer (offer_id, site_id, contact_id, agent_id, offered_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
            offerId,
            siteId,
            contactId,
            agentId,
            offeredAt,
            expiresAt);

    public static void End(SqliteSession session, string offerId, string outcome) =>
        session.Execute("UPDATE routing_offer SET outcome = $2 WHERE offer_id = $1", offerId, outcome);

    public static void Pass(SqliteSession session, string contactId, string agentId, long until) =>
        session.Execute(
            """
            INSERT INTO routing_pass (contact_id, agent_id, passed_until) VALUES ($1, $2, $3)
            ON CONFLICT DO UPDATE SET passed_until = excluded.passed_until
            """,
            contactId,
            agentId,
            until);

    public static void ForgetPasses(SqliteSession session, string contactId) =>
        session.Execute("DELETE FROM routing_pass WHERE contact_id = $1", contactId);
}
