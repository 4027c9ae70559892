using System.Text.Json;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Conversations;

/// <summary>How what the scripts of <see cref="RedisConversationStore"/> reply becomes records; each script's header says what it replies.</summary>
internal static class RedisConversationReplies
{
    public static Conversation ReadHead(string conversationId, RedisReply[] head)
    {
        var agentId = (string)head[6]!;
        return new Conversation(
            conversationId,
            (string)head[0]!,
            (string)head[1]!,
            (string)head[2]!,
            (string)head[3]!,
            (long)head[4],
            JsonSerializer.Deserialize((byte[])head[5]!, WireJson.Default.CustomerInfo)!,
            agentId.Length == 0 ? null : new AgentInfo(agentId, (string)head[7]!));
    }

    public static AppendResult ReadAppended(RedisReply[] reply, bool duplicate) =>
        new((long)reply[1], DateTimeOffset.FromUnixTimeMilliseconds((long)reply[2]), duplicate);

    /// <summary>What a reply of <c>conversation_append</c> says that the command does not.</summary>
    public static EntryAppended ReadAppendedEntry(AppendCommand command, RedisReply[] reply) => new(
        command.ConversationId,
        (string)reply[4]!,
        new StoredEntry(
            (long)reply[1],
            (long)reply[3],
            command.MessageId,
            command.Kind,
            command.Audience,
            string.IsNullOrEmpty(command.Author.Name) ? ReadAuthor(command.Author, reply[5]) : command.Author.ToAuthor(),
            command.Text,
            DateTimeOffset.FromUnixTimeMilliseconds((long)reply[2])));

    /// <param name="name">By which the conversation knows the participant; empty for none.</param>
    public static Author ReadAuthor(Participant participant, RedisReply name) =>
        participant.ToAuthor() with { Name = (string)name! is { Length: > 0 } known ? known : null };

    public static MarkedRead ReadMarked(string conversationId, Participant reader, RedisReply[] reply) => new(
        conversationId, reader.ParticipantId, reader.Role, (long)reply[1], (long)reply[2] is var seq and > 0 ? seq : null);

    public static JoinedConversation ReadJoined(JoinCommand command, RedisReply[] reply) => new(
        ReadHead(command.ConversationId, (RedisReply[])reply[4]!),
        (long)reply[1] == 1,
        ReadEntries((RedisReply[])reply[5]!, command.Participant.SeesAgentEntries),
        (long)reply[2] == 1,
        (long)reply[3],
        ReadMarks((RedisReply[])reply[6]!));

    public static List<StoredEntry> ReadStored(RedisReply[] fields)
    {
        var entries = new List<StoredEntry>(fields.Length / 2);
        for (var i = 0; i < fields.Length; i += 2)
        {
            entries.Add(RedisConversationFormat.ReadEntry((long)fields[i], (byte[])fields[i + 1]!));
        }

        return entries;
    }

    private static List<LogEntry> ReadEntries(RedisReply[] fields, bool seesAgentEntries) =>
        ReadStored(fields).ConvertAll(entry => seesAgentEntries ? entry.ForAgents() : entry.ForCustomers());

    private static Dictionary<string, long> ReadMarks(RedisReply[] fields)
    {
        var marks = new Dictionary<string, long>(fields.Length / 2, StringComparer.Ordinal);
        for (var i = 0; i < fields.Length; i += 2)
        {
            marks.Add((string)fields[i]!, (long)fields[i + 1]);
        }

        return marks;
    }
}
