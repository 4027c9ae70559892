using System.Buffers.Binary;
using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Backplane;
using CoPilot.Realtime.MessagePack;
using CoPilot.Realtime.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Microbenchmarks;

/// <summary>What nodes tell each other of one message: as a conversation's entry, which all protocols are made from where it arrives, and as a hub event for a group, with the bytes of each protocol.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class NodePayloadBenchmarks
{
    private const string Conversation = "v-01JD7Q3Y";
    private const string Text = "Where is my parcel? It should have been here on Tuesday.";
    private const byte EntryAnnounced = 1;

    private static readonly IReadOnlyList<IHubProtocol> Protocols = [new JsonHubProtocol(), new MessagePackHubProtocol()];

    private readonly byte[] _announcement = Announcement();
    private readonly byte[] _hubEvent = Event();

    [GlobalSetup]
    public void SetUp() => Console.WriteLine($"// entry {_announcement.Length} B, hub event with both protocols {_hubEvent.Length} B");

    /// <summary>Place and time are put in front by Redis.</summary>
    [Benchmark(Description = "entry")]
    [BenchmarkCategory("encode")]
    public byte[] EncodeEntry() => Entry();

    [Benchmark(Description = "hub event, serialised in both protocols")]
    [BenchmarkCategory("encode")]
    public byte[] EncodeEvent() => Event();

    [Benchmark(Description = "entry")]
    [BenchmarkCategory("decode")]
    public object DecodeEntry() => RedisConversationFormat.ReadAnnouncement(_announcement)!;

    [Benchmark(Description = "hub event, its bytes as they are")]
    [BenchmarkCategory("decode")]
    public object DecodeEvent()
    {
        var reader = new FrameReader(_hubEvent.AsMemory(NodeFrame.HeaderLength));
        reader.Text();
        return SendFrame.Read(ref reader);
    }

    private static byte[] Event()
    {
        var message = new SerializedHubMessage(new InvocationMessage("Message", [Conversation, Text]));
        return SendFrame.Make("chat", MembershipKind.Group, [Conversation], [], message, Protocols);
    }

    private static byte[] Entry() => RedisConversationFormat.Entry("m-01JD7Q4Z", EntryKinds.Text, Audiences.All, new Author(Roles.Customer, "c-1", Name: null), Text);

    /// <summary>As the script that appends makes it.</summary>
    private static byte[] Announcement()
    {
        using var bytes = new MemoryStream();
        WriteText(bytes, Conversation);
        bytes.WriteByte(EntryAnnounced);
        WriteNumber(bytes, 42);
        WriteText(bytes, "e-01JD7Q3Y");
        WriteNumber(bytes, 41);
        WriteNumber(bytes, 1_795_428_005_250);
        bytes.Write(Entry());
        return bytes.ToArray();
    }

    private static void WriteText(MemoryStream bytes, string text)
    {
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)text.Length);
        bytes.Write(length);
        bytes.Write(Encoding.UTF8.GetBytes(text));
    }

    private static void WriteNumber(MemoryStream bytes, long number)
    {
        Span<byte> value = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(value, number);
        bytes.Write(value);
    }
}
