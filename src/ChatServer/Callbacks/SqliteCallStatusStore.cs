using System.Globalization;
using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>In the embedded engine's database, so that a restart opens no gap for repetitions.</summary>
internal sealed class SqliteCallStatusStore(SqliteDatabase database, TimeProvider clock) : ICallStatusStore
{
    private const int InHand = 0;

    public Task<CallStatusClaim> ClaimAsync(string siteId, string eventId, CancellationToken cancellationToken = default) =>
        database.WriteAsync(session => Claim(session, siteId, eventId), cancellationToken);

    public Task KeepAsync(string siteId, string eventId, CallStatusResult result, CancellationToken cancellationToken = default) =>
        database.WriteAsync(
            session => Write(session, siteId, eventId, (int)result, clock.GetUtcNow() + ICallStatusStore.RememberedFor), cancellationToken);

    public Task GiveUpAsync(string siteId, string eventId, CancellationToken cancellationToken = default) =>
        database.WriteAsync(
            session => session.Execute(
                "DELETE FROM call_status WHERE site_id = $1 AND event_id = $2 AND result = $3", siteId, eventId, InHand),
            cancellationToken);

    private CallStatusClaim Claim(SqliteSession session, string siteId, string eventId)
    {
        var now = clock.GetUtcNow();
        session.Execute("DELETE FROM call_status WHERE counts_until <= $1", now.ToUnixTimeMilliseconds());
        if (session.Scalar("SELECT result FROM call_status WHERE site_id = $1 AND event_id = $2", siteId, eventId) is { } found)
        {
            var result = Convert.ToInt32(found, CultureInfo.InvariantCulture);
            return result == InHand ? CallStatusClaim.InHand : CallStatusClaim.Handled((CallStatusResult)result);
        }

        Write(session, siteId, eventId, InHand, now + ICallStatusStore.HandledWithin);
        return CallStatusClaim.Mine;
    }

    private static void Write(SqliteSession session, string siteId, string eventId, int result, DateTimeOffset countsUntil) => session.Execute(
        "INSERT OR REPLACE INTO call_status (site_id, event_id, result, counts_until) VALUES ($1, $2, $3, $4)",
        siteId,
        eventId,
        result,
        countsUntil.ToUnixTimeMilliseconds());
}
