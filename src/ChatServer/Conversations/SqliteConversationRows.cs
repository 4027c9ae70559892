using System.Security.Cryptography;
using System.Text.Json;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Sqlite;
using Microsoft.Data.Sqlite;

namespace CoPilot.ChatServer.Conversations;

/// <summary>The statements of <see cref="SqliteConversationStore"/> and how rows become records and back.</summary>
internal static class SqliteConversationRows
{
    private const string EntryColumns =
        "seq, after_for_customers, message_id, kind, audience, author_role, author_id, author_name, text, sent_at, data";

    /// <summary>A log's end, as the append path needs it.</summary>
    /// <param name="MemberName">Of the participant who asked.</param>
    public sealed record LogEnd(
        string Epoch, string State, long LastSeq, long LastSeqForCustomers, long LastSentAt, long Fence, string? MemberName = null)
    {
        public Author AuthorOf(Participant participant) => participant.ToAuthor() with { Name = participant.Name ?? MemberName };
    }

    public static LogEnd? ReadEnd(SqliteSession session, string conversationId) => session.QuerySingle(
        "SELECT epoch, state, last_seq, last_seq_for_customers, last_sent_at, fence, NULL FROM conversations WHERE conversation_id = $1",
        ReadEnd,
        conversationId);

    /// <summary>Null when there is no such conversation or the participant is no member of it: both look the same from outside.</summary>
    public static LogEnd? ReadEnd(SqliteSession session, string conversationId, Participant participant) => session.QuerySingle(
        """
        SELECT c.epoch, c.state, c.last_seq, c.last_seq_for_customers, c.last_sent_at, c.fence, m.name
        FROM conversations c JOIN conversation_members m ON m.conversation_id = c.conversation_id
        WHERE c.conversation_id = $1 AND m.participant_id = $2 AND (m.role = 'customer') = $3
        """,
        ReadEnd,
        conversationId,
        participant.ParticipantId,
        participant.Role == Roles.Customer ? 1 : 0);

    public static Conversation? ReadHead(SqliteSession session, string conversationId) => session.QuerySingle(
        """
        SELECT c.site_id, c.contact_id, c.epoch, c.state, c.last_seq, c.customer, a.participant_id, a.name
        FROM conversations c LEFT JOIN conversation_members a ON a.conversation_id = c.conversation_id AND a.role = 'agent'
        WHERE c.conversation_id = $1
        """,
        row => new Conversation(
            conversationId,
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetInt64(4),
            JsonSerializer.Deserialize(row.GetString(5), WireJson.Default.CustomerInfo)!,
            row.IsDBNull(6) ? null : new AgentInfo(row.GetString(6), row.GetString(7))),
        conversationId);

    /// <summary>False when the conversation exists.</summary>
    public static bool InsertHead(SqliteSession session, NewConversation conversation) => session.Execute(
        """
        INSERT INTO conversations (conversation_id, site_id, contact_id, epoch, state, last_seq, last_seq_for_customers, last_sent_at, fence, customer)
        VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0, $6) ON CONFLICT (conversation_id) DO NOTHING
        """,
        conversation.ConversationId,
        conversation.SiteId,
        conversation.ContactId,
        NewEpoch(),
        ContactStates.Waiting,
        JsonSerializer.Serialize(conversation.Customer, WireJson.Default.CustomerInfo)) == 1;

    public static void RenewEpoch(SqliteSession session, string conversationId) =>
        session.Execute("UPDATE conversations SET epoch = $2 WHERE conversation_id = $1", conversationId, NewEpoch());

    public static void SetState(SqliteSession session, string conversationId, string state, long fence) =>
        session.Execute("UPDATE conversations SET state = $2, fence = $3 WHERE conversation_id = $1", conversationId, state, fence);

    /// <summary>False when this author had sent this message id before.</summary>
    public static bool InsertEntry(SqliteSession session, string conversationId, StoredEntry entry) => session.Execute(
        """
        INSERT INTO conversation_entries (conversation_id, seq, after_for_customers, message_id, kind, audience,
          author_role, author_id, author_name, text, sent_at, data)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (conversation_id, author_id, message_id) DO NOTHING
        """,
        conversationId,
        entry.Seq,
        entry.AfterForCustomers,
        entry.MessageId,
        entry.Kind,
        entry.Audience,
        entry.Author.Role,
        entry.Author.Id,
        entry.Author.Name,
        entry.Text,
        entry.SentAt.ToUnixTimeMilliseconds(),
        entry.Data is null ? null : JsonSerializer.Serialize(entry.Data, WireJson.Default.IReadOnlyDictionaryStringString)) == 1;

    public static void MoveEnd(SqliteSession session, string conversationId, StoredEntry entry) => session.Execute(
        """
        UPDATE conversations SET last_seq = $2, last_seq_for_customers = $3, last_sent_at = $4 WHERE conversation_id = $1
        """,
        conversationId,
        entry.Seq,
        entry.IsForCustomers ? entry.Seq : entry.AfterForCustomers,
        entry.SentAt.ToUnixTimeMilliseconds());

    public static AppendResult? FindRepetition(SqliteSession session, string conversationId, string authorId, string messageId) =>
        session.QuerySingle(
            "SELECT seq, sent_at FROM conversation_entries WHERE conversation_id = $1 AND author_id = $2 AND message_id = $3",
            row => new AppendResult(row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), Duplicate: true),
            conversationId,
            authorId,
            messageId);

    /// <summary>The message id at this place; null when nothing is there for this participant.</summary>
    public static string? FindMessageId(SqliteSession session, string conversationId, long seq, bool seesAgentEntries) => (string?)session.Scalar(
        "SELECT message_id FROM conversation_entries WHERE conversation_id = $1 AND seq = $2 AND ($3 OR audience = 'all')",
        conversationId,
        seq,
        seesAgentEntries ? 1 : 0);

    public static List<LogEntry> ReadEntries(SqliteSession session, string conversationId, long afterSeq, bool seesAgentEntries, int limit) =>
        session.Query(
            $"""
             SELECT {EntryColumns} FROM conversation_entries
             WHERE conversation_id = $1 AND seq > $2 AND ($3 OR audience = 'all') ORDER BY seq LIMIT $4
             """,
            row => seesAgentEntries ? ReadEntry(row).ForAgents() : ReadEntry(row).ForCustomers(),
            conversationId,
            afterSeq,
            seesAgentEntries ? 1 : 0,
            limit);

    public static LastText? FindLastText(SqliteSession session, string conversationId, string eventCode) => session.QuerySingle(
        """
        SELECT t.seq, t.author_role, t.sent_at, (
            SELECT MAX(e.sent_at) FROM conversation_entries e
            WHERE e.conversation_id = $1 AND e.seq > t.seq AND e.kind = 'event' AND e.text = $2)
        FROM conversation_entries t WHERE t.conversation_id = $1 AND t.kind = 'text' ORDER BY t.seq DESC LIMIT 1
        """,
        row => new LastText(
            row.GetInt64(0),
            row.GetString(1),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
            row.IsDBNull(3) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3))),
        conversationId,
        eventCode);

    /// <summary>The last entry at or before <paramref name="seq"/> that customers may see; 0 for none.</summary>
    public static long LastSeqForCustomers(SqliteSession session, string conversationId, long seq) => (long?)session.Scalar(
        "SELECT seq FROM conversation_entries WHERE conversation_id = $1 AND seq <= $2 AND audience = 'all' ORDER BY seq DESC LIMIT 1",
        conversationId,
        seq) ?? 0;

    public static (string AgentId, string Name)? ReadAgent(SqliteSession session, string conversationId) => session.QuerySingle<(string, string)?>(
        "SELECT participant_id, name FROM conversation_members WHERE conversation_id = $1 AND role = 'agent'",
        row => (row.GetString(0), row.GetString(1)),
        conversationId);

    public static void InsertMember(SqliteSession session, string conversationId, string participantId, string role, string? name, long fence) =>
        session.Execute(
            """
            INSERT INTO conversation_members (conversation_id, participant_id, role, name, fence) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (conversation_id, participant_id) DO UPDATE SET name = excluded.name, fence = excluded.fence
            """,
            conversationId,
            participantId,
            role,
            name,
            fence);

    public static void DeleteMember(SqliteSession session, string conversationId, string participantId) => session.Execute(
        "DELETE FROM conversation_members WHERE conversation_id = $1 AND participant_id = $2", conversationId, participantId);

    public static long ReadMark(SqliteSession session, string conversationId, string participantId) => (long?)session.Scalar(
        "SELECT seq FROM read_marks WHERE conversation_id = $1 AND participant_id = $2", conversationId, participantId) ?? 0;

    public static void SetMark(SqliteSession session, string conversationId, string participantId, long seq) => session.Execute(
        """
        INSERT INTO read_marks (conversation_id, participant_id, seq) VALUES ($1, $2, $3)
        ON CONFLICT (conversation_id, participant_id) DO UPDATE SET seq = excluded.seq
        """,
        conversationId,
        participantId,
        seq);

    public static List<(string ParticipantId, long Seq)> ReadMarks(SqliteSession session, string conversationId) => session.Query(
        "SELECT participant_id, seq FROM read_marks WHERE conversation_id = $1",
        row => (row.GetString(0), row.GetInt64(1)),
        conversationId);

    private static string NewEpoch() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    private static LogEnd ReadEnd(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5),
        row.IsDBNull(6) ? null : row.GetString(6));

    private static StoredEntry ReadEntry(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        new Author(row.GetString(5), row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7)),
        row.GetString(8),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(9)),
        row.IsDBNull(10) ? null : JsonSerializer.Deserialize(row.GetString(10), WireJson.Default.IReadOnlyDictionaryStringString));
}
