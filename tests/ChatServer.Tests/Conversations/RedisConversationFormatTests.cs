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
    public void EntryBody_WithItsName_IsReadAsWritten()
    {
        var body = RedisConversationFormat.EntryBody(EntryKinds.Event, Audiences.All, Roles.System, "s", "é", new Dictionary<string, string> { ["k"] = "" });

        Assert.Equal("01 0005 6576656E74 0003 616C6C 0006 73797374656D 0001 73 0002 C3A9 0001 0001 6B 0000".Replace(" ", ""), Convert.ToHexString(body));
        var entry = RedisConversationFormat.ReadEntry(7, 5, 1_000, "m", [.. body, 0, 3, (byte)'A', (byte)'d', (byte)'a']);
        Assert.Equal((7L, 5L, "m", EntryKinds.Event, Audiences.All, "é"), (entry.Seq, entry.AfterForCustomers, entry.MessageId, entry.Kind, entry.Audience, entry.Text));
        Assert.Equal(new Author(Roles.System, "s", "Ada"), entry.Author);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1), entry.SentAt);
        Assert.Equal([new("k", "")], entry.Data!);
    }

    [Fact]
    public void EntryBody_WithoutDataAndName_HasNone()
    {
        var body = RedisConversationFormat.EntryBody(EntryKinds.Text, Audiences.All, Roles.Customer, "c", "hi");

        var entry = RedisConversationFormat.ReadEntry(1, 0, 0, "m", [.. body, 0xFF, 0xFF]);

        Assert.Null(entry.Data);
        Assert.Null(entry.Author.Name);
    }

    [Fact]
    public void EntryBody_TextBeyondTheFormat_Throws() =>
        Assert.Throws<ArgumentException>(() => RedisConversationFormat.EntryBody("text", "all", "customer", "c", new string('x', ushort.MaxValue)));

    [Fact]
    public void ReadEntry_OfALaterVersion_Throws() =>
        Assert.Throws<NotSupportedException>(() => RedisConversationFormat.ReadEntry(1, 0, 0, "m", [2, 0]));

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

    private static ConversationAnnouncement? Read(string bytes) => RedisConversationFormat.ReadAnnouncement(Convert.FromHexString(bytes.Replace(" ", "")));
}
