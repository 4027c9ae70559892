using System.Text.Json;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Sqlite;
using Microsoft.Data.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <param name="OfferId">The open offer, or the one by which its agent took it.</param>
/// <param name="ServedBy">Who accepted it last, also when it waits again.</param>
/// <param name="Place">Null until it enters a line for the first time.</param>
/// <param name="HeadStart">Whole seconds; it counts when the contact gets its place.</param>
internal sealed record SqliteContactRow(Contact Contact, string? OfferId, string? ServedBy, long? Place, int HeadStart)
{
    public bool HasPlace => Place is not null;
}

/// <summary>Reads and writes rows of <c>routing_contact</c>; no rule lives here.</summary>
internal static class SqliteContactRows
{
    private const string Select =
        """
        SELECT c.contact_id, c.request_id, c.site_id, c.kind, c.conversation_id, c.customer, c.queue, c.topic, c.text, c.state,
               c.arrived_at, c.fence, c.agent_id, a.name, c.accepted_at, c.offer_id, c.served_by,
               c.has_conversation, c.phone, c.note, c.due_at, c.attempts, c.place, c.shown_min, c.shown_max, c.shown_at, c.call_state, c.customer_away, c.head_start,
               c.closed_at, c.closed_reason
        FROM routing_contact c LEFT JOIN routing_agent a ON a.site_id = c.site_id AND a.agent_id = c.agent_id

        """;

    public static SqliteContactRow? Find(SqliteSession session, string siteId, string contactId) =>
        session.QuerySingle(Select + "WHERE c.contact_id = $1 AND c.site_id = $2", Read, contactId, siteId);

    public static List<SqliteContactRow> ListOpen(SqliteSession session, string siteId, string customerId) =>
        session.Query(
            Select + "WHERE c.site_id = $1 AND c.customer_id = $2 AND c.state <> 'closed' ORDER BY c.number", Read, siteId, customerId);

    public static SqliteContactRow? FindOpenCallback(SqliteSession session, string siteId, string phone) =>
        session.QuerySingle(
            Select + "WHERE c.site_id = $1 AND c.phone = $2 AND c.state <> 'closed' AND c.kind = 'callback'", Read, siteId, phone);

    /// <summary>What the agent serves, oldest first.</summary>
    public static List<SqliteContactRow> ListServed(SqliteSession session, string siteId, string agentId) =>
        session.Query(
            Select + "WHERE c.site_id = $1 AND c.agent_id = $2 AND c.state = 'active' ORDER BY c.place",
            Read,
            siteId,
            agentId);

    /// <summary>The first of the queue's line, in order.</summary>
    public static List<SqliteContactRow> ListLine(SqliteSession session, string siteId, string queue, int limit) =>
        session.Query(
            Select + "WHERE c.site_id = $1 AND c.queue = $2 AND c.state IN ('waiting', 'offered') ORDER BY c.place LIMIT $3", Read, siteId, queue, limit);

    public static SqliteContactRow? FindOffered(SqliteSession session, string siteId, string agentId) =>
        session.QuerySingle(Select + "WHERE c.site_id = $1 AND c.agent_id = $2 AND c.state = 'offered'", Read, siteId, agentId);

    /// <summary>The next stamp of the site: <paramref name="now"/>, or the one after the last where the clock stands still or stepped back.</summary>
    public static long TakeStamp(SqliteSession session, string siteId, long now) =>
        (long)session.Scalar(
            """
            INSERT INTO routing_site (site_id, last_stamp) VALUES ($1, $2)
            ON CONFLICT DO UPDATE SET last_stamp = MAX(excluded.last_stamp, last_stamp + 1)
            RETURNING last_stamp
            """,
            siteId,
            now)!;

    /// <summary>The place of a moment that may have gone by, or the next one that no open contact has.</summary>
    public static long TakePlace(SqliteSession session, string siteId, long moment, int headStart)
    {
        var stamp = moment;
        while (session.Scalar(
            "SELECT 1 FROM routing_contact WHERE site_id = $1 AND place = $2 AND state <> 'closed'", siteId, LinePlace.Of(stamp, headStart)) is not null)
        {
            stamp++;
        }

        session.Execute(
            """
            INSERT INTO routing_site (site_id, last_stamp) VALUES ($1, $2)
            ON CONFLICT DO UPDATE SET last_stamp = MAX(excluded.last_stamp, last_stamp)
            """,
            siteId,
            stamp);
        return LinePlace.Of(stamp, headStart);
    }

    /// <param name="place">Null for what is scheduled.</param>
    public static void Insert(SqliteSession session, Contact contact, long? place, int headStart) =>
        session.Execute(
            """
            INSERT INTO routing_contact
                (contact_id, request_id, site_id, customer_id, kind, conversation_id, customer, queue, topic, text, state, arrived_at, fence, place,
                 has_conversation, phone, note, due_at, slot_at, head_start)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18, $19)
            """,
            contact.ContactId,
            contact.RequestId,
            contact.SiteId,
            contact.Customer.CustomerId,
            contact.Kind,
            contact.ConversationId,
            JsonSerializer.Serialize(contact.Customer, RoutingJson.Default.CustomerInfo),
            contact.Queue,
            contact.Topic,
            contact.Text,
            contact.State,
            contact.ArrivedAt.ToUnixTimeMilliseconds(),
            contact.Fence,
            place,
            contact.HasConversation ? 1 : 0,
            contact.Callback?.Phone,
            contact.Callback?.Note,
            contact.Callback?.DueAt?.ToUnixTimeMilliseconds(),
            headStart);

    public static void SetOffered(SqliteSession session, string contactId, string agentId, string offerId) =>
        session.Execute(
            "UPDATE routing_contact SET state = 'offered', fence = fence + 1, agent_id = $2, offer_id = $3 WHERE contact_id = $1",
            contactId,
            agentId,
            offerId);

    public static void SetActive(SqliteSession session, string contactId, long now) =>
        session.Execute(
            "UPDATE routing_contact SET state = 'active', fence = fence + 1, served_by = agent_id, accepted_at = $2, shown_at = NULL WHERE contact_id = $1",
            contactId,
            now);

    public static void SetWaiting(SqliteSession session, string contactId, string queue) =>
        session.Execute(
            """
            UPDATE routing_contact
            SET state = 'waiting', fence = fence + 1, agent_id = NULL, offer_id = NULL, accepted_at = NULL, due_at = NULL, slot_at = NULL, queue = $2
            WHERE contact_id = $1
            """,
            contactId,
            queue);

    /// <param name="slotAt">The time that the customer chose; null when nobody chose it.</param>
    public static void SetScheduled(SqliteSession session, string contactId, long dueAt, long? slotAt) =>
        session.Execute(
            """
            UPDATE routing_contact
            SET state = 'scheduled', fence = fence + 1, agent_id = NULL, offer_id = NULL, accepted_at = NULL, due_at = $2, slot_at = $3, shown_at = NULL
            WHERE contact_id = $1
            """,
            contactId,
            dueAt,
            slotAt);

    /// <param name="place">Null when it is to get one later.</param>
    public static void SetArrival(SqliteSession session, string contactId, long arrivedAt, long? place) =>
        session.Execute("UPDATE routing_contact SET arrived_at = $2, place = $3 WHERE contact_id = $1", contactId, arrivedAt, place);

    /// <summary>How many are scheduled for the time, but for this contact.</summary>
    public static int CountSlot(SqliteSession session, string siteId, string queue, long slotAt, string? exceptContactId) =>
        (int)(long)session.Scalar(
            """
            SELECT COUNT(*) FROM routing_contact
            WHERE site_id = $1 AND queue = $2 AND slot_at = $3 AND state = 'scheduled' AND contact_id IS NOT $4
            """,
            siteId,
            queue,
            slotAt,
            exceptContactId)!;

    public static List<SlotCount> ListSlots(SqliteSession session, string siteId, string queue, long from, long until) =>
        session.Query(
            """
            SELECT slot_at, COUNT(*) FROM routing_contact
            WHERE site_id = $1 AND queue = $2 AND slot_at >= $3 AND slot_at < $4 AND state = 'scheduled'
            GROUP BY slot_at ORDER BY slot_at
            """,
            row => new SlotCount(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetInt32(1)),
            siteId,
            queue,
            from,
            until);

    public static void SetCallback(SqliteSession session, string contactId, string phone, string? note) =>
        session.Execute("UPDATE routing_contact SET kind = 'callback', phone = $2, note = $3 WHERE contact_id = $1", contactId, phone, note);

    public static void SetChat(SqliteSession session, string contactId) =>
        session.Execute(
            "UPDATE routing_contact SET kind = 'chat', phone = NULL, note = NULL, attempts = '[]', has_conversation = 1 WHERE contact_id = $1", contactId);

    public static void SetDue(SqliteSession session, string contactId, long dueAt) =>
        session.Execute("UPDATE routing_contact SET due_at = $2 WHERE contact_id = $1", contactId, dueAt);

    public static void SetAttempts(SqliteSession session, string contactId, IReadOnlyList<CallAttempt> attempts) =>
        session.Execute(
            "UPDATE routing_contact SET attempts = $2 WHERE contact_id = $1",
            contactId,
            JsonSerializer.Serialize(attempts, RoutingJson.Default.IReadOnlyListCallAttempt));

    public static long GetPlace(SqliteSession session, string contactId) =>
        (long)session.Scalar("SELECT place FROM routing_contact WHERE contact_id = $1", contactId)!;

    public static void SetPlace(SqliteSession session, string contactId, long place) =>
        session.Execute("UPDATE routing_contact SET place = $2 WHERE contact_id = $1", contactId, place);

    /// <summary>In the state that it is in.</summary>
    public static void SetQueue(SqliteSession session, string contactId, string queue) =>
        session.Execute("UPDATE routing_contact SET queue = $2, fence = fence + 1 WHERE contact_id = $1", contactId, queue);

    /// <param name="call">As <see cref="CallProgress.Write"/> has it.</param>
    public static void SetCall(SqliteSession session, string contactId, string call) =>
        session.Execute("UPDATE routing_contact SET call_state = $2 WHERE contact_id = $1", contactId, call);

    public static void SetClosed(SqliteSession session, string contactId, string? agentId, long now, string reason, string? disposition) =>
        session.Execute(
            """
            UPDATE routing_contact
            SET state = 'closed', fence = fence + 1, agent_id = $2, due_at = NULL, slot_at = NULL, closed_at = $3, closed_reason = $4, disposition = $5
            WHERE contact_id = $1
            """,
            contactId,
            agentId,
            now,
            reason,
            disposition);

    private static SqliteContactRow Read(SqliteDataReader row)
    {
        var agent = row.IsDBNull(12) ? null : new AgentInfo(row.GetString(12), row.GetString(13));
        var contact = new Contact(
            ContactId: row.GetString(0),
            RequestId: row.GetString(1),
            SiteId: row.GetString(2),
            Kind: row.GetString(3),
            ConversationId: row.GetString(4),
            Customer: JsonSerializer.Deserialize(row.GetString(5), RoutingJson.Default.CustomerInfo)!,
            Queue: row.GetString(6),
            Topic: row.GetString(7),
            Text: Text(row, 8),
            State: row.GetString(9),
            ArrivedAt: DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(10)),
            Fence: row.GetInt64(11),
            Agent: agent,
            AcceptedAt: Moment(row, 14))
        {
            HasConversation = row.GetBoolean(17),
            CustomerAway = row.GetBoolean(27),
            Callback = row.IsDBNull(18)
                ? null
                : new Callback(
                    row.GetString(18),
                    Text(row, 19),
                    Moment(row, 20),
                    JsonSerializer.Deserialize(row.GetString(21), RoutingJson.Default.IReadOnlyListCallAttempt)!)
                {
                    Call = CallProgress.Read(Text(row, 26), row.GetInt64(11), row.GetString(9)),
                },
            End = Moment(row, 29) is { } closedAt ? new ContactEnd(closedAt, row.GetString(30)) : null,
            Shown = Moment(row, 25) is { } shownAt ? new ShownWait(new WaitRange(row.GetInt32(23), row.GetInt32(24)), shownAt) : null,
        };
        return new SqliteContactRow(contact, Text(row, 15), Text(row, 16), Place: row.IsDBNull(22) ? null : row.GetInt64(22), row.GetInt32(28));
    }

    private static DateTimeOffset? Moment(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
