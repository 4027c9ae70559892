using System.Buffers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.Tests.MessagePack;

public sealed class MessageVectorTests
{
    public static TheoryData<string> Names => MessageVector.Names;

    public static TheoryData<string> WrittenNames => MessageVector.WrittenNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_Vector_GivesItsMessage(string name)
    {
        var vector = MessageVector.Named(name);

        AssertIs(vector, Frames.Parse(vector.Bytes, TestBinder.Dynamic(vector.Arguments)));
    }

    [Theory]
    [MemberData(nameof(WrittenNames))]
    public void Write_MessageOfVector_GivesItsBytes(string name)
    {
        var vector = MessageVector.Named(name);
        var output = new ArrayBufferWriter<byte>();

        Frames.Protocol.WriteMessage(vector.ToMessage(), output);

        Assert.Equal(vector.Hex, Convert.ToHexStringLower(output.WrittenSpan));
        Assert.Equal(vector.Hex, Convert.ToHexStringLower(Frames.Protocol.GetMessageBytes(vector.ToMessage()).Span));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_VectorCutAnywhere_WaitsForTheRestAndGivesItsMessage(string name)
    {
        var vector = MessageVector.Named(name);
        var bytes = vector.Bytes;
        var binder = TestBinder.Dynamic(vector.Arguments);
        for (var cut = 0; cut < bytes.Length; cut++)
        {
            var begun = new ReadOnlySequence<byte>(bytes, 0, cut);
            Assert.False(Frames.Protocol.TryParseMessage(ref begun, binder, out _));
            Assert.Equal(cut, begun.Length);

            AssertIs(vector, Frames.Parse(Frames.Split(bytes[..cut], bytes[cut..]), binder));
        }

        AssertIs(vector, Frames.Parse(Frames.Split([.. bytes.Select(single => new[] { single })]), binder));
    }

    [Fact]
    public void Parse_AllVectorsInOneStream_GivesEachInOrder()
    {
        var stream = Frames.Split([.. MessageVector.All.SelectMany(vector => vector.Bytes).Chunk(7)]);
        foreach (var vector in MessageVector.All)
        {
            Assert.True(Frames.Protocol.TryParseMessage(ref stream, TestBinder.Dynamic(vector.Arguments), out var message));
            AssertIs(vector, message);
        }

        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void Parse_MessageOfALaterVersion_GivesTheNextOne()
    {
        // Type 77 with whatever it may hold, then a ping.
        var message = Frames.Parse([.. Frames.Frame([0x92, 77, 0xc0]), 0x02, 0x91, 0x06], TestBinder.Dynamic(0));

        Assert.IsType<PingMessage>(message);
    }

    [Theory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(2_097_151)]
    [InlineData(2_097_152)]
    public void Write_PayloadAtTheEdgeOfItsPrefix_IsReadBack(int length)
    {
        var text = new string('x', length);
        for (var shorter = 0; shorter < 16; shorter++)
        {
            var bytes = Frames.Protocol.GetMessageBytes(new InvocationMessage("Say", [text[shorter..]])).ToArray();

            Assert.Equal(Frames.Frame(Frames.Payload(bytes)), bytes);
            Assert.Equal(text[shorter..], Assert.IsType<InvocationMessage>(Frames.Parse(bytes, TestBinder.Dynamic(1))).Arguments[0]);
        }
    }

    [Fact]
    public void Vectors_All_HaveNamesOfTheirOwn() => Assert.Distinct(MessageVector.All.Select(vector => vector.Name));

    private static void AssertIs(MessageVector vector, HubMessage message)
    {
        var described = MessageVector.Describe(message);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(vector.Message.GetRawText()), described), described.ToJsonString());
    }
}
