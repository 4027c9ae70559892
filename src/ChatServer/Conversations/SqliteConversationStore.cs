using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Outcomes;
using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// Conversations in the embedded engine's file. Changes run one after the other on the database's writer, which is what makes <c>seq</c>
/// dense and announcements ordered; reads run beside it on snapshots. There is one node, so joining subscribes nobody: everything is
/// announced here.
/// </summary>
public sealed class SqliteConversationStore(SqliteDatabase database, IConversationFeed feed, TimeProvider clock) : IConversationStore
{
    private static readonly Author SystemAuthor = new(Roles.System, Roles.System, null);

    private static readonly Refusal NotFound = new(ErrorCodes.NotFound, "There is no such conversation.");

    private static readonly Refusal Closed = new(ErrorCodes.Closed, "The conversation has ended.");

    public Task<Conversation> CreateAsync(NewConversation conversation, CancellationToken cancellationToken = default) =>
        database.WriteAsync(session => Create(session, conversation), cancellationToken);

    public Task<Conversation?> FindAsync(string conversationId, CancellationToken cancellationToken = default) =>
        Task.FromResult(database.Read(session => SqliteConversationRows.ReadHead(session, conversationId)));

    public Task<LastText?> FindLastTextAsync(string conversationId, string eventCode, CancellationToken cancellationToken = default) =>
        Task.FromResult(database.Read(session => SqliteConversationRows.FindLastText(session, conversationId, eventCode)));

    public Task<Outcome<AppendResult>> AppendAsync(AppendCommand command, CancellationToken cancellationToken = default) =>
        database.WriteAsync(session => Append(session, command), cancellationToken);

    public Task<Outcome<JoinedConversation>> JoinAsync(JoinCommand command, CancellationToken cancellationToken = default) =>
        database.Read(session => Read(session, command)) is { } read
            ? Task.FromResult(read)
            : database.WriteAsync(session => RenewEpochAndRead(session, command), cancellationToken);

    public Task LeaveAsync(string conversationId, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<Outcome<bool>> MarkReadAsync(
        string conversationId, Participant participant, long seq, CancellationToken cancellationToken = default) =>
        database.WriteAsync(session => MarkRead(session, conversationId, participant, seq), cancellationToken);

    public Task<Outcome<bool>> SetTypingAsync(
        string conversationId, Participant participant, bool typing, CancellationToken cancellationToken = default)
    {
        var end = database.Read(session => SqliteConversationRows.ReadEnd(session, conversationId, participant));
        if (end is null)
        {
            return Task.FromResult<Outcome<bool>>(NotFound);
        }

        if (end.State == ContactStates.Closed)
        {
            return Task.FromResult<Outcome<bool>>(Closed);
        }

        feed.Announce(new TypingSet(conversationId, end.AuthorOf(participant), typing));
        return Task.FromResult<Outcome<bool>>(true);
    }

    public Task<bool> ApplyAsync(ConversationChange change, CancellationToken cancellationToken = default) =>
        database.WriteAsync(session => Apply(session, change), cancellationToken);

    private Conversation Create(SqliteSession session, NewConversation conversation)
    {
        var id = conversation.ConversationId;
        if (SqliteConversationRows.InsertHead(session, conversation))
        {
            var customer = new Participant(conversation.Customer.CustomerId, Roles.Customer, conversation.Customer.Name);
            SqliteConversationRows.InsertMember(session, id, customer.ParticipantId, customer.Role, customer.Name, fence: 0);
            if (conversation is { FirstMessageId: { } messageId, FirstText: { } text })
            {
                var end = SqliteConversationRows.ReadEnd(session, id)!;
                AppendEntry(session, id, end, messageId, EntryKinds.Text, Audiences.All, customer.ToAuthor(), text, data: null);
            }
        }

        return SqliteConversationRows.ReadHead(session, id)!;
    }

    private Outcome<AppendResult> Append(SqliteSession session, AppendCommand command)
    {
        var (id, author) = (command.ConversationId, command.Author);
        if (SqliteConversationRows.ReadEnd(session, id, author) is not { } end)
        {
            return NotFound;
        }

        var isTaken = end.State != ContactStates.Closed || command.Kind == EntryKinds.Note;
        if (isTaken
            && AppendEntry(session, id, end, command.MessageId, command.Kind, command.Audience, end.AuthorOf(author), command.Text, data: null) is { } entry)
        {
            return new AppendResult(entry.Seq, entry.SentAt, Duplicate: false);
        }

        return SqliteConversationRows.FindRepetition(session, id, author.ParticipantId, command.MessageId) is { } repetition ? repetition : Closed;
    }

    /// <summary>Null when this author had sent this message id before.</summary>
    private StoredEntry? AppendEntry(
        SqliteSession session,
        string conversationId,
        SqliteConversationRows.LogEnd end,
        string messageId,
        string kind,
        string audience,
        Author author,
        string text,
        IReadOnlyDictionary<string, string>? data)
    {
        // What is stored is what is answered and announced, so the clock is cut to the column's precision first.
        var sentAt = Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds(), end.LastSentAt);
        var entry = new StoredEntry(
            end.LastSeq + 1, end.LastSeqForCustomers, messageId, kind, audience, author, text, DateTimeOffset.FromUnixTimeMilliseconds(sentAt), data);
        if (!SqliteConversationRows.InsertEntry(session, conversationId, entry))
        {
            return null;
        }

        SqliteConversationRows.MoveEnd(session, conversationId, entry);
        session.AfterCommit(() => feed.Announce(new EntryAppended(conversationId, end.Epoch, entry)));
        return entry;
    }

    /// <summary>Null when the claim proves that the log was cut back or recreated, which only a write can put right.</summary>
    private static Outcome<JoinedConversation>? Read(SqliteSession session, JoinCommand command)
    {
        var (id, participant) = (command.ConversationId, command.Participant);
        if (SqliteConversationRows.ReadEnd(session, id, participant) is not { } end)
        {
            return NotFound;
        }

        if (command.Epoch != end.Epoch)
        {
            // Who knows nothing yet is not reset; who speaks of another log, or cannot say of which one, is.
            var reset = command.Epoch is not null || command.AfterSeq > 0;
            return ReadFrom(session, command, end, afterSeq: 0, reset);
        }

        if (command.AfterSeq > 0)
        {
            var found = SqliteConversationRows.FindMessageId(session, id, command.AfterSeq, participant.SeesAgentEntries);
            if (found is null || (command.AfterId is not null && command.AfterId != found))
            {
                return null;
            }
        }

        return ReadFrom(session, command, end, Math.Max(command.AfterSeq, 0), reset: false);
    }

    /// <summary>
    /// Looks again, because somebody else may have given the log its new epoch since: then the claim is merely one from another epoch.
    /// </summary>
    private static Outcome<JoinedConversation> RenewEpochAndRead(SqliteSession session, JoinCommand command)
    {
        if (Read(session, command) is { } read)
        {
            return read;
        }

        SqliteConversationRows.RenewEpoch(session, command.ConversationId);
        return Read(session, command)!.Value;
    }

    private static JoinedConversation ReadFrom(
        SqliteSession session, JoinCommand command, SqliteConversationRows.LogEnd end, long afterSeq, bool reset)
    {
        var (id, seesAgentEntries) = (command.ConversationId, command.Participant.SeesAgentEntries);
        var messages = SqliteConversationRows.ReadEntries(session, id, afterSeq, seesAgentEntries, command.PageSize + 1);
        var hasMore = messages.Count > command.PageSize;
        if (hasMore)
        {
            messages.RemoveAt(command.PageSize);
        }

        return new JoinedConversation(
            SqliteConversationRows.ReadHead(session, id)!,
            reset,
            messages,
            hasMore,
            seesAgentEntries ? end.LastSeq : end.LastSeqForCustomers,
            ReadMarks(session, id, seesAgentEntries));
    }

    private static Dictionary<string, long> ReadMarks(SqliteSession session, string conversationId, bool seesAgentEntries)
    {
        var marks = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (participantId, seq) in SqliteConversationRows.ReadMarks(session, conversationId))
        {
            // A mark on a note would tell the customer that there is one.
            marks.Add(participantId, seesAgentEntries ? seq : SqliteConversationRows.LastSeqForCustomers(session, conversationId, seq));
        }

        return marks;
    }

    private Outcome<bool> MarkRead(SqliteSession session, string conversationId, Participant participant, long seq)
    {
        if (SqliteConversationRows.ReadEnd(session, conversationId, participant) is not { } end)
        {
            return NotFound;
        }

        var before = SqliteConversationRows.ReadMark(session, conversationId, participant.ParticipantId);
        var mark = Math.Min(seq, participant.SeesAgentEntries ? end.LastSeq : end.LastSeqForCustomers);
        if (mark <= before)
        {
            return false;
        }

        SqliteConversationRows.SetMark(session, conversationId, participant.ParticipantId, mark);
        var forCustomers = SqliteConversationRows.LastSeqForCustomers(session, conversationId, mark);
        long? seqForCustomers = forCustomers > before ? forCustomers : null;
        session.AfterCommit(() => feed.Announce(
            new MarkedRead(conversationId, participant.ParticipantId, participant.Role, mark, seqForCustomers)));
        return true;
    }

    private bool Apply(SqliteSession session, ConversationChange change)
    {
        var id = change.ConversationId;
        var end = SqliteConversationRows.ReadEnd(session, id)
            ?? throw new ConversationLostException(id);
        var reopens = end.State == ContactStates.Closed && change.State != ContactStates.Closed;
        if (change.Fence < end.Fence || reopens || SqliteConversationRows.FindRepetition(session, id, SystemAuthor.Id, change.EventId) is not null)
        {
            return false;
        }

        if (!change.KeepsAgent)
        {
            ReplaceAgent(session, change, end.LastSeq + 1);
        }

        SqliteConversationRows.SetState(session, id, change.State, change.Fence);
        AppendEntry(session, id, end, change.EventId, EntryKinds.Event, Audiences.All, SystemAuthor, change.Code, change.Data);
        return true;
    }

    private void ReplaceAgent(SqliteSession session, ConversationChange change, long eventSeq)
    {
        var id = change.ConversationId;
        if (SqliteConversationRows.ReadAgent(session, id) is { } former && former.AgentId != change.Agent?.AgentId)
        {
            SqliteConversationRows.DeleteMember(session, id, former.AgentId);
            session.AfterCommit(() => feed.Announce(new MemberRemoved(id, former.AgentId, eventSeq)));
        }

        if (change.Agent is { } agent)
        {
            SqliteConversationRows.InsertMember(session, id, agent.AgentId, Roles.Agent, agent.Name, change.Fence);
        }
    }
}
