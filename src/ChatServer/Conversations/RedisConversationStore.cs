using System.Security.Cryptography;
using System.Text.Json;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime;
using CoPilot.Realtime.Outcomes;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// Conversations in Redis, for any number of nodes. Every call is one script in the conversation's slot, which Redis runs by itself: that makes <c>seq</c>
/// dense. What the scripts announce arrives by <see cref="RedisConversationHearing"/>, and what was said or done here by the reply:
/// <see cref="RedisLogFollowers"/> makes one order of both.
/// </summary>
internal sealed class RedisConversationStore(RedisConversationScripts scripts, RedisLogFollowers followers) : IConversationStore
{
    /// <summary>Entries read from a log's end in one go: texts are rarely further apart.</summary>
    private const int ReadBackAtOnce = 20;

    private static readonly Refusal NotFound = new(ErrorCodes.NotFound, "There is no such conversation.");

    private static readonly Refusal Closed = new(ErrorCodes.Closed, "The conversation has ended.");

    public async Task<Conversation> CreateAsync(NewConversation conversation, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (id, customer) = (conversation.ConversationId, conversation.Customer);
        var first = conversation is { FirstMessageId: not null, FirstText: { } text }
            ? RedisConversationFormat.Entry(
                conversation.FirstMessageId, EntryKinds.Text, Audiences.All, new Author(Roles.Customer, customer.CustomerId, customer.Name), text)
            : [];
        var head = await scripts.RunAsync(
            RedisConversationScripts.Create,
            id,
            conversation.SiteId,
            conversation.ContactId,
            NewEpoch(),
            JsonSerializer.SerializeToUtf8Bytes(customer, WireJson.Default.CustomerInfo),
            customer.CustomerId,
            customer.Name ?? "",
            first.Length > 0 ? RedisConversationFormat.RepetitionField(customer.CustomerId, conversation.FirstMessageId!) : "",
            first);
        return RedisConversationReplies.ReadHead(id, (RedisReply[])head!);
    }

    public async Task<Conversation?> FindAsync(string conversationId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var head = await scripts.RunAsync(RedisConversationScripts.Find, conversationId);
        return head.IsNull ? null : RedisConversationReplies.ReadHead(conversationId, (RedisReply[])head!);
    }

    public async Task<LastText?> FindLastTextAsync(string conversationId, string eventCode, CancellationToken cancellationToken = default)
    {
        DateTimeOffset? eventAt = null;
        long before = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = RedisConversationReplies.ReadStored(await RunAsync(RedisConversationScripts.ReadBack, conversationId, before, ReadBackAtOnce));
            foreach (var entry in page)
            {
                if (entry.Kind == EntryKinds.Text)
                {
                    return new LastText(entry.Seq, entry.Author.Role, entry.SentAt, eventAt);
                }

                eventAt ??= entry.Kind == EntryKinds.Event && entry.Text == eventCode ? entry.SentAt : null;
                before = entry.Seq;
            }

            if (page.Count < ReadBackAtOnce)
            {
                return null;
            }
        }
    }

    public async Task<Outcome<AppendResult>> AppendAsync(AppendCommand command, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var author = command.Author;
        var lacksName = string.IsNullOrEmpty(author.Name);
        var reply = await RunAnnouncedAsync(
            RedisConversationScripts.Append,
            command.ConversationId,
            RedisConversationFormat.MemberField(author.ParticipantId),
            RedisConversationFormat.RepetitionField(author.ParticipantId, command.MessageId),
            IsCustomer(author),
            Flag(command.Kind == EntryKinds.Note),
            RedisConversationFormat.Entry(command.MessageId, command.Kind, command.Audience, author.ToAuthor(), command.Text, lacksName: lacksName),
            Flag(lacksName),
            scripts.NodeId);
        switch ((string)reply[0]!)
        {
            case "appended":
                followers.Announce(RedisConversationReplies.ReadAppendedEntry(command, reply));
                scripts.ForgetDeadNodes(command.ConversationId, reply[6]);
                return RedisConversationReplies.ReadAppended(reply, duplicate: false);
            case "repeated":
                return Repeated(command.ConversationId, RedisConversationReplies.ReadAppended(reply, duplicate: true));
            default:
                return ReadRefusal(reply);
        }
    }

    public async Task<Outcome<JoinedConversation>> JoinAsync(JoinCommand command, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        followers.Open(command.ConversationId);
        try
        {
            var reply = await RunAsync(
                RedisConversationScripts.Join,
                command.ConversationId,
                command.Participant.ParticipantId,
                IsCustomer(command.Participant),
                command.Epoch ?? "",
                Math.Max(command.AfterSeq, 0),
                command.AfterId ?? "",
                command.PageSize,
                scripts.NodeId,
                NewEpoch());
            if ((string)reply[0]! != "joined")
            {
                return ReadRefusal(reply);
            }

            var joined = RedisConversationReplies.ReadJoined(command, reply);
            followers.Start(command.ConversationId, joined.Conversation.LastSeq);
            return joined;
        }
        finally
        {
            followers.Settle(command.ConversationId);
        }
    }

    public Task LeaveAsync(string conversationId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        followers.Close(conversationId);
        return scripts.UnregisterAsync(conversationId);
    }

    public async Task<Outcome<bool>> MarkReadAsync(
        string conversationId, Participant participant, long seq, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reply = await RunAnnouncedAsync(
            RedisConversationScripts.MarkRead, conversationId, participant.ParticipantId, IsCustomer(participant), participant.Role, seq, scripts.NodeId);
        switch ((string)reply[0]!)
        {
            case "marked":
                followers.Announce(RedisConversationReplies.ReadMarked(conversationId, participant, reply));
                scripts.ForgetDeadNodes(conversationId, reply[3]);
                return true;
            case "unchanged":
                return false;
            default:
                return ReadRefusal(reply);
        }
    }

    public async Task<Outcome<bool>> SetTypingAsync(
        string conversationId, Participant participant, bool typing, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reply = await RunAsync(
            RedisConversationScripts.SetTyping,
            conversationId,
            participant.ParticipantId,
            IsCustomer(participant),
            participant.Role,
            participant.Name ?? "",
            Flag(typing),
            scripts.NodeId);
        if ((string)reply[0]! != "announced")
        {
            return ReadRefusal(reply);
        }

        followers.Announce(new TypingSet(conversationId, RedisConversationReplies.ReadAuthor(participant, reply[1]), typing));
        scripts.ForgetDeadNodes(conversationId, reply[2]);
        return true;
    }

    public async Task<bool> ApplyAsync(ConversationChange change, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reply = await RunAsync(
            RedisConversationScripts.Apply,
            change.ConversationId,
            RedisConversationFormat.RepetitionField(Roles.System, change.EventId),
            change.Fence,
            change.State,
            Flag(change.KeepsAgent),
            change.Agent?.AgentId ?? "",
            change.Agent?.Name ?? "",
            RedisConversationFormat.Entry(
                change.EventId, EntryKinds.Event, Audiences.All, new Author(Roles.System, Roles.System, Name: null), change.Code, change.Data));
        switch ((string)reply[0]!)
        {
            case "applied":
                scripts.ForgetDeadNodes(change.ConversationId, reply[1]);
                return true;
            case "unchanged":
                return false;
            default:
                throw new ConversationLostException(change.ConversationId);
        }
    }

    private static string NewEpoch() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    private static RedisValue IsCustomer(Participant participant) => Flag(participant.Role == Roles.Customer);

    private static RedisValue Flag(bool isSet) => isSet ? "1" : "0";

    private static Refusal ReadRefusal(RedisReply[] reply) => (string)reply[0]! switch
    {
        "not_found" => NotFound,
        "closed" => Closed,
        var other => throw new NotSupportedException($"A script of conversations replied '{other}'."),
    };

    /// <summary>It was added before, perhaps by a call from here that was never answered: then members here may not have been told of it.</summary>
    private AppendResult Repeated(string conversationId, AppendResult repeated)
    {
        if (repeated.Seq > followers.LastOf(conversationId))
        {
            followers.Doubt(conversationId);
        }

        return repeated;
    }

    /// <summary>For what members here are told by the reply.</summary>
    private async Task<RedisReply[]> RunAnnouncedAsync(RedisScript script, string conversationId, params RedisValue[] arguments)
    {
        try
        {
            return await RunAsync(script, conversationId, arguments);
        }
        catch (StoreUnavailableException)
        {
            followers.Doubt(conversationId);
            throw;
        }
    }

    private async Task<RedisReply[]> RunAsync(RedisScript script, string conversationId, params RedisValue[] arguments) =>
        (RedisReply[])(await scripts.RunAsync(script, conversationId, arguments))!;
}
