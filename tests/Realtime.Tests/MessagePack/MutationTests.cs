using System.Buffers;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.Realtime.Tests.MessagePack;

/// <summary>Whatever arrives is a message, an unfinished one, or <see cref="InvalidDataException"/>; nothing else is thrown, and little is allocated.</summary>
public sealed class MutationTests
{
    private const int MutationsOfEach = 1_000;

    /// <summary>The longest vector has some 600 bytes; as an object of one byte each they come to less than this.</summary>
    private const long MostAllocated = 512 * 1024;

    public static TheoryData<string> Names => MessageVector.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_PayloadCutAnywhere_IsAMessageOrMalformed(string name)
    {
        var vector = MessageVector.Named(name);
        var payload = Frames.Payload(vector.Bytes).ToArray();
        for (var length = 0; length < payload.Length; length++)
        {
            AssertSafe(Frames.Frame(payload.AsSpan(0, length)), vector);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Parse_VectorMutated_IsAMessageOrMalformed(string name)
    {
        var vector = MessageVector.Named(name);

        // On a thread of its own, so that one that hangs is noticed.
        await Task.Run(() =>
        {
            var random = new Random(name.Length);
            for (var i = 0; i < MutationsOfEach; i++)
            {
                var payload = Mutate(Frames.Payload(vector.Bytes).ToArray(), random);
                AssertSafe(random.Next(4) == 0 ? payload : Frames.Frame(payload), vector);
            }
        }).Within();
    }

    [Theory]
    [InlineData("dd7fffffff")]
    [InlineData("960180a131a3536179dd7fffffff90")]
    [InlineData("960180a131a3536179ddffffffff90")]
    [InlineData("9601dfffffffffa131a353617990")]
    [InlineData("960180dbffffffffa3536179")]
    [InlineData("960180a131a353617991c6ffffffff90")]
    [InlineData("960180a131a353617991dfffffffff90")]
    [InlineData("960180a131a353617991c9ffffffff0190")]
    [InlineData("960180a131a353617991c190")]
    public void Parse_LengthBeyondTheFrame_IsMalformed(string payload)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => Frames.ParseHex(payload, TestBinder.Dynamic(1)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
    }

    [Fact]
    public void Parse_ListsInLists_AreMalformedBeyondADepth()
    {
        Assert.NotNull(Frames.Parse(Nested(60), TestBinder.Dynamic(1)));
        Assert.Throws<InvalidDataException>(() => Frames.Parse(Nested(65), TestBinder.Dynamic(1)));
        Assert.Throws<InvalidDataException>(() => Frames.Parse(Nested(1_000_000), TestBinder.Dynamic(1)));
    }

    /// <summary>What nobody asked for is passed over however deep it is.</summary>
    [Fact]
    public void Parse_UnknownMemberOfGreatDepth_IsPassedOver()
    {
        byte[] payload = [0x96, 1, 0x80, 0xa1, (byte)'1', 0xa1, (byte)'x', 0x91, 0x81, 0xa1, (byte)'u', .. Enumerable.Repeat((byte)0x91, 100_000), 0xc0, 0x90];

        Assert.NotNull(Frames.Parse(Frames.Frame(payload), new TestBinder([typeof(Known)])));
    }

    [Theory]
    [InlineData("ffffffffff")]
    [InlineData("ffffffff08")]
    [InlineData("ffffffff7f00")]
    public void Parse_LengthOfMoreThanTwoGigabytes_IsMalformed(string prefix) => Assert.Throws<InvalidDataException>(() =>
    {
        var input = new ReadOnlySequence<byte>(Convert.FromHexString(prefix));
        Frames.Protocol.TryParseMessage(ref input, TestBinder.Dynamic(0), out _);
    });

    [Theory]
    [InlineData("90")]
    [InlineData("c0")]
    [InlineData("")]
    [InlineData("91a131")]
    [InlineData("9101")]
    [InlineData("950180a131c090")]
    [InlineData("950180a13101a190")]
    [InlineData("9501c0a131a153617990")]
    [InlineData("950181a161c0a131a353617990")]
    [InlineData("950480c0a353617990")]
    [InlineData("940280c0c0")]
    [InlineData("940380a13104")]
    [InlineData("940380a13103")]
    [InlineData("930580a0")]
    [InlineData("9107")]
    [InlineData("92070")]
    [InlineData("920701")]
    [InlineData("9108")]
    [InlineData("9208a131")]
    [InlineData("960180a131a353617990ddffffffff")]
    public void Parse_MessageOfAnotherLayout_IsMalformed(string payload) =>
        Assert.Throws<InvalidDataException>(() => Frames.ParseHex(payload.Length % 2 == 0 ? payload : payload + "0", TestBinder.Dynamic(0)));

    private static byte[] Nested(int depth)
    {
        byte[] payload = [0x96, 1, 0x80, 0xa1, (byte)'1', 0xa1, (byte)'x', 0x91, .. Enumerable.Repeat((byte)0x91, depth), 0xc0, 0x90];
        return Frames.Frame(payload);
    }

    private static byte[] Mutate(byte[] payload, Random random)
    {
        var bytes = payload.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var position = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[position] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.Insert(position, (byte)random.Next(0x80, 256));
                    break;
                default:
                    bytes.RemoveAt(position);
                    bytes.Add((byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    private static void AssertSafe(byte[] input, MessageVector vector)
    {
        AssertSafe(input, TestBinder.Dynamic(vector.Arguments));
        AssertSafe(input, new TestBinder([.. Enumerable.Repeat(typeof(Known), vector.Arguments)], typeof(Known)));
    }

    private static void AssertSafe(byte[] input, IInvocationBinder binder)
    {
        var rest = new ReadOnlySequence<byte>(input);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            while (Frames.Protocol.TryParseMessage(ref rest, binder, out _))
            {
            }
        }
        catch (InvalidDataException)
        {
            // That is how it is said.
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
    }

    private sealed record Known(
        string? ConversationId, long AfterSeq, string? Epoch, KnownMessage? Message, int? K1, double Seq, DateTimeOffset SentAt, IReadOnlyList<string>? Lists);

    private sealed record KnownMessage(int Seq, byte After, string? Text, DateTimeOffset? SentAt, IReadOnlyDictionary<string, KnownMessage>? Data);
}
