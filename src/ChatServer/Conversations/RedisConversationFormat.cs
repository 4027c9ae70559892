using System.Buffers.Binary;
using System.Text;
using CoPilot.ChatServer.Redis;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Nodes;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// The bytes of entries as Redis keeps them, and of announcements as nodes hear them; <c>docs/backplane.md</c> and <c>docs/redis.md</c> describe them. What of
/// an entry does not depend on its place in the log is written here, once; the scripts put place and time in front.
/// <para>Numbers are big-endian; a text is its length in 2 bytes and UTF-8, and 65,535 for its length says that there is none.</para>
/// </summary>
internal static class RedisConversationFormat
{
    private const byte EntryVersion = 1;

    private const ushort Absent = ushort.MaxValue;

    private enum Announced : byte
    {
        Entry = 1,
        Mark = 2,
        Typing = 3,
        Removal = 4,
        Loss = 5,
        EntryAgain = 6,
    }

    /// <summary>What every announcement of the conversation starts with, the node bus' own header included.</summary>
    public static byte[] Opening(string conversationId)
    {
        var body = new byte[LengthOf(conversationId)];
        new Writer(body).Text(conversationId);
        return NodeFrame.Make(NodeMessages.ConversationAnnouncement, body);
    }

    /// <summary>The field of the head that tells whether a member of this id is one, and as what.</summary>
    public static string MemberField(string participantId) => "m:" + participantId;

    /// <summary>The field of the head that is there when this author has said this before.</summary>
    public static string RepetitionField(string authorId, string messageId) => $"i:{authorId}\0{messageId}";

    /// <summary>An entry but for its place and its time, which the script knows.</summary>
    /// <param name="lacksName">The author's name is to be added by the script; it comes last.</param>
    public static byte[] Entry(
        string messageId, string kind, string audience, Author author, string text, IReadOnlyDictionary<string, string>? data = null, bool lacksName = false)
    {
        var length = (2 * sizeof(byte)) + LengthOf(messageId) + LengthOf(kind) + LengthOf(audience) + LengthOf(author.Role) + LengthOf(author.Id) + LengthOf(text)
            + sizeof(ushort);
        foreach (var (name, value) in data ?? EmptyData)
        {
            length += LengthOf(name) + LengthOf(value);
        }

        length += lacksName ? 0 : string.IsNullOrEmpty(author.Name) ? sizeof(ushort) : LengthOf(author.Name);
        var body = new byte[length];
        var writer = new Writer(body);
        writer.Byte((byte)(audience == Audiences.All ? 1 : 0));
        writer.Text(messageId);
        writer.Byte(EntryVersion);
        writer.Text(kind);
        writer.Text(audience);
        writer.Text(author.Role);
        writer.Text(author.Id);
        writer.Text(text);
        writer.Count(data?.Count ?? Absent);
        foreach (var (name, value) in data ?? EmptyData)
        {
            writer.Text(name);
            writer.Text(value);
        }

        if (!lacksName)
        {
            writer.OptionalText(author.Name);
        }

        return body;
    }

    /// <param name="kept">As the log keeps it: what <see cref="Entry"/> wrote, after what the script put in front.</param>
    /// <exception cref="NotSupportedException">It was written by a version that knows more than this one.</exception>
    public static StoredEntry ReadEntry(long seq, ReadOnlySpan<byte> kept)
    {
        var reader = new Reader(kept);
        var (afterForCustomers, sentAt) = (reader.Number(), reader.Number());
        _ = reader.Byte();
        var messageId = reader.Text();
        if (reader.Byte() is not EntryVersion and var version)
        {
            throw new NotSupportedException($"An entry of version {version} is in the log, and this server reads {EntryVersion}.");
        }

        var (kind, audience, role, authorId, text) = (reader.Text(), reader.Text(), reader.Text(), reader.Text(), reader.Text());
        var data = ReadData(ref reader);
        return new StoredEntry(
            seq,
            afterForCustomers,
            messageId,
            kind,
            audience,
            new Author(role, authorId, reader.OptionalText()),
            text,
            DateTimeOffset.FromUnixTimeMilliseconds(sentAt),
            data);
    }

    /// <summary>The nodes that hear a conversation, as its head keeps them.</summary>
    public static List<string> ReadNodes(ReadOnlySpan<byte> kept)
    {
        var ids = new List<string>();
        var reader = new Reader(kept);
        while (!reader.Rest.IsEmpty)
        {
            _ = reader.Number();
            ids.Add(reader.Text());
        }

        return ids;
    }

    /// <summary>Null for an announcement that only a later version knows.</summary>
    public static ConversationAnnouncement? ReadAnnouncement(ReadOnlySpan<byte> body)
    {
        var reader = new Reader(body);
        var id = reader.Text();
        return (Announced)reader.Byte() switch
        {
            Announced.Entry => ReadEntryAppended(id, ref reader),
            Announced.Mark => ReadMark(id, ref reader),
            Announced.Typing => new TypingSet(id, new Author(reader.Text(), reader.Text(), reader.OptionalText()), reader.Byte() == 1),
            Announced.Removal => new MemberRemoved(id, reader.Text(), reader.Number()),
            Announced.Loss => new LogLost(id),
            Announced.EntryAgain => new EntryRepeated(ReadEntryAppended(id, ref reader)),
            _ => null,
        };
    }

    private static readonly Dictionary<string, string> EmptyData = [];

    private static int LengthOf(string text) => sizeof(ushort) + Encoding.UTF8.GetByteCount(text);

    private static EntryAppended ReadEntryAppended(string conversationId, ref Reader reader)
    {
        var (seq, epoch) = (reader.Number(), reader.Text());
        return new EntryAppended(conversationId, epoch, ReadEntry(seq, reader.Rest));
    }

    private static MarkedRead ReadMark(string conversationId, ref Reader reader)
    {
        var (participantId, role, seq, seqForCustomers) = (reader.Text(), reader.Text(), reader.Number(), reader.Number());
        return new MarkedRead(conversationId, participantId, role, seq, seqForCustomers == 0 ? null : seqForCustomers);
    }

    private static Dictionary<string, string>? ReadData(ref Reader reader)
    {
        var count = reader.Count();
        if (count == Absent)
        {
            return null;
        }

        var data = new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            data.Add(reader.Text(), reader.Text());
        }

        return data;
    }

    private ref struct Writer(Span<byte> rest)
    {
        private Span<byte> _rest = rest;

        public void Byte(byte value)
        {
            _rest[0] = value;
            _rest = _rest[1..];
        }

        public void Count(int value)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_rest, (ushort)value);
            _rest = _rest[sizeof(ushort)..];
        }

        public void OptionalText(string? text)
        {
            if (string.IsNullOrEmpty(text))
            {
                Count(Absent);
            }
            else
            {
                Text(text);
            }
        }

        public void Text(string text)
        {
            var length = Encoding.UTF8.GetBytes(text, _rest[sizeof(ushort)..]);
            if (length >= Absent)
            {
                throw new ArgumentException($"{length} bytes are more than a text of an entry can have.", nameof(text));
            }

            Count(length);
            _rest = _rest[length..];
        }
    }

    private ref struct Reader(ReadOnlySpan<byte> rest)
    {
        public ReadOnlySpan<byte> Rest { get; private set; } = rest;

        public byte Byte() => Take(1)[0];

        public long Number() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

        public int Count() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)));

        public string Text() => Encoding.UTF8.GetString(Take(Count()));

        public string? OptionalText() => Count() is var length && length == Absent ? null : Encoding.UTF8.GetString(Take(length));

        private ReadOnlySpan<byte> Take(int length)
        {
            var taken = Rest[..length];
            Rest = Rest[length..];
            return taken;
        }
    }
}
