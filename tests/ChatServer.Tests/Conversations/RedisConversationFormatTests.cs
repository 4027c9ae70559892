using System.Buffers.Binary;
using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Nodes;

namespace CoPilot.ChatServer.Tests.Conversations;

/// <summary>The bytes that nodes of neighbouring versions and the log of last month are read from: they change only by addition.</summary>
public sealed class RedisConversationFormatTests
{
    [Fact]
    public void Opening_OfAConversation_HasTheFramesHeaderAndItsId() =>
        Assert.Equal([NodeFrame.Version, NodeFrame.FirstOfApplication, 0, 2, (byte)'c', (byte)'1'], RedisConversationFormat.Opening("c1"));

    [Fact]
    public void Entry_WithItsName_IsReadAsWritten()
    {
        var author = new Author(Roles.System, "s", "Ada");
        var written = RedisConversationFormat.Entry("m", EntryKinds.Event, Audiences.All, author, "é", new Dictionary<string, string> { ["k"] = "" });

        Assert.Equal(
            "01 0001 6D 01 0005 6576656E74 0003 616C6C 0006 73797374656D 0001 73 0002 C3A9 0001 0001 6B 0000 0003 416461".Replace(" ", ""),
            Convert.ToHexString(written));
        var entry = RedisConversationFormat.ReadEntry(7, Kept(5, 1_000, written));
        Assert.Equal((7L, 5L, "m", EntryKinds.Event, Audiences.All, "é"), (entry.Seq, entry.AfterForCustomers, entry.MessageId, entry.Kind, entry.Audience, entry.Text));
        Assert.Equal(author, entry.Author);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1), entry.SentAt);
        Assert.Equal([new("k", "")], entry.Data!);
    }

    [Fact]
    public void Entry_WithoutDataAndName_HasNone()
    {
        var entry = RedisConversationFormat.ReadEntry(1, Kept(0, 0, Text("hi")));

        Assert.Null(entry.Data);
        Assert.Null(entry.Author.Name);
    }

    [Fact]
    public void Entry_ThatLacksItsName_IsWhatTheNameIsAddedTo() =>
        Assert.Equal(Text("hi", "Ada"), [.. Text("hi", "Ada", lacksName: true), 0, 3, (byte)'A', (byte)'d', (byte)'a']);

    [Fact]
    public void Entry_ForAgents_BeginsSo() =>
        Assert.Equal(0, RedisConversationFormat.Entry("m", EntryKinds.Note, Audiences.Agents, new Author(Roles.Agent, "a", "Grace"), "hi")[0]);

    [Fact]
    public void Entry_TextBeyondTheFormat_Throws() => Assert.Throws<ArgumentException>(() => Text(new string('x', ushort.MaxValue)));

    [Fact]
    public void ReadEntry_OfALaterVersion_Throws() =>
        Assert.Throws<NotSupportedException>(() => RedisConversationFormat.ReadEntry(1, Kept(0, 0, [1, 0, 1, (byte)'m', 2, 0])));

    [Fact]
    public void ReadAnnouncement_OfAnEntry_IsRead()
    {
        var body = Convert.ToHexString(Kept(1, 5, Text("hi", "Ada")));
        var expected = RedisConversationFormat.ReadEntry(3, Convert.FromHexString(body));

        Assert.Equal(new EntryAppended("c", "e", expected), Read("0001 63 01 0000000000000003 0001 65" + body));
        Assert.Equal(new EntryRepeated(new EntryAppended("c", "e", expected)), Read("0001 63 06 0000000000000003 0001 65" + body));
    }

    [Fact]
    public void ReadNodes_AsTheHeadKeepsThem_AreTheirIds() =>
        Assert.Equal(["n", "é"], RedisConversationFormat.ReadNodes(Convert.FromHexString("0000000000000001 0001 6E 0000000000000002 0002 C3A9".Replace(" ", ""))));

    [Theory]
    [InlineData("0001 63 02 0001 70 0005 6167656E74 0000000000000003 0000000000000002", 3, 2L)]
    [InlineData("0001 63 02 0001 70 0005 6167656E74 0000000000000003 0000000000000000", 3, null)]
    public void ReadAnnouncement_OfAMark_HasWhatCustomersMaySee(string bytes, long seq, long? seqForCustomers) =>
        Assert.Equal(new MarkedRead("c", "p", Roles.Agent, seq, seqForCustomers), Read(bytes));

    [Fact]
    public void ReadAnnouncement_OfTheOtherKinds_IsRead()
    {
        Assert.Equal(new TypingSet("c", new Author("agent", "p", null), Typing: true), Read("0001 63 03 0005 6167656E74 0001 70 FFFF 01"));
        Assert.Equal(new MemberRemoved("c", "p", 258), Read("0001 63 04 0001 70 0000000000000102"));
        Assert.Equal(new LogLost("c"), Read("0001 63 05"));
    }

    [Fact]
    public void ReadAnnouncement_WithMoreThanIsKnown_IsReadWithoutIt() => Assert.Equal(new LogLost("c"), Read("0001 63 05 00112233"));

    [Fact]
    public void ReadAnnouncement_OfALaterKind_IsPassedOver() => Assert.Null(Read("0001 63 63 00112233"));

    private static byte[] Text(string text, string? name = null, bool lacksName = false) =>
        RedisConversationFormat.Entry("m", EntryKinds.Text, Audiences.All, new Author(Roles.Customer, "c", name), text, lacksName: lacksName);

    /// <summary>As the script keeps it.</summary>
    private static byte[] Kept(long afterForCustomers, long sentAt, byte[] entry)
    {
        var kept = new byte[(2 * sizeof(long)) + entry.Length];
        BinaryPrimitives.WriteInt64BigEndian(kept, afterForCustomers);
        BinaryPrimitives.WriteInt64BigEndian(kept.AsSpan(sizeof(long)), sentAt);
        entry.CopyTo(kept.AsSpan(2 * sizeof(long)));
        return kept;
    }

    private static ConversationAnnouncement? Read(string bytes) => RedisConversationFormat.ReadAnnouncement(Convert.FromHexString(bytes.Replace(" ", "")));
}
