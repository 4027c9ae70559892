using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <summary>Contacts that go to another queue, because nobody is there for them or they waited long.</summary>
internal static class SqliteOverflow
{
    /// <summary>Goes through those who are signed in, until one has the queue.</summary>
    private const string IsStaffed =
        """
        SELECT EXISTS (
            SELECT 1 FROM routing_agent a INDEXED BY routing_agent_signed_in
            CROSS JOIN routing_agent_queue q ON q.site_id = a.site_id AND q.agent_id = a.agent_id AND q.queue = $3
            WHERE a.site_id = $1 AND a.status <> 'offline' AND a.connected_until > $2)
        """;

    /// <summary>Where a contact that comes to the queue's line goes at once; null when it stays.</summary>
    public static string? FindAtOnce(SqliteRoutingStep step, QueueSettings queue, string kind) =>
        queue.Overflow is { WhenNobody: true } overflow && !HasAnybody(step, queue.Name) && CanTake(step, overflow.Queue, kind) ? overflow.Queue : null;

    /// <summary>The contact has come to the queue's line; from now on its time there counts.</summary>
    public static void Begin(SqliteRoutingStep step, string contactId, QueueSettings queue, bool hasOverflowed) => Save(
        step.Session, contactId, hasOverflowed, !hasOverflowed && queue.Overflow?.After is { } after ? step.Now + SqliteRoutingStep.Milliseconds(after) : null);

    public static bool HasOverflowed(SqliteSession session, string contactId) =>
        (long)session.Scalar("SELECT overflowed FROM routing_contact WHERE contact_id = $1", contactId)! == 1;

    /// <summary>To be called whenever the contact has begun to wait.</summary>
    public static void SetTimer(SqliteRoutingStep step, string contactId)
    {
        if (step.Session.Scalar("SELECT overflow_at FROM routing_contact WHERE contact_id = $1", contactId) is long at)
        {
            SqliteTimers.Set(step.Session, step.Site.Id, TimerOf(contactId), at);
        }
    }

    /// <summary>To be called whenever it waits no more.</summary>
    public static void CancelTimer(SqliteRoutingStep step, string contactId) =>
        SqliteTimers.Cancel(step.Session, step.Site.Id, SqliteTimerKinds.Overflow, agentId: "", contactId);

    /// <summary>The waiting contact goes to the other queue, or, when that cannot take it now, is tried again after as long.</summary>
    public static void Fire(SqliteRoutingStep step, string contactId)
    {
        var contact = step.FindContact(contactId)!.Contact;
        var queue = step.Site.SettingsOf(contact.Queue);
        if (queue.Overflow is { After: not null } overflow && CanTake(step, overflow.Queue, contact.Kind))
        {
            Save(step.Session, contactId, hasOverflowed: true, at: null);
            SqlitePreference.End(step, contactId);
            step.Overflow(contactId, overflow.Queue);
        }
        else
        {
            Begin(step, contactId, queue, hasOverflowed: false);
            SetTimer(step, contactId);
        }
    }

    private static bool CanTake(SqliteRoutingStep step, string queueName, string kind) =>
        step.Site.FindQueue(queueName) is { } queue
        && (kind == ContactKinds.Chat || queue.Callbacks is not null)
        && step.IsOpen(queueName)
        && HasAnybody(step, queueName)
        && SqliteRoutingViews.CountLine(step.Session, step.Site.Id, queueName) < queue.MaximumLength;

    private static bool HasAnybody(SqliteRoutingStep step, string queue) => (long)step.Session.Scalar(IsStaffed, step.Site.Id, step.Now, queue)! == 1;

    private static void Save(SqliteSession session, string contactId, bool hasOverflowed, long? at) =>
        session.Execute("UPDATE routing_contact SET overflowed = $2, overflow_at = $3 WHERE contact_id = $1", contactId, hasOverflowed ? 1 : 0, at);

    private static SqliteTimer TimerOf(string contactId) => new(SqliteTimerKinds.Overflow, AgentId: "", contactId, 0);
}
