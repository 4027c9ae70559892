using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.Tests.MessagePack;

/// <summary>What single values look like, by their bytes.</summary>
public sealed class FormatterTests
{
    public enum Colour
    {
        Red,
        Blue,
    }

    public static TheoryData<object, string> Values => new()
    {
        { (byte)200, "ccc8" },
        { (sbyte)-100, "d09c" },
        { (short)-300, "d1fed4" },
        { (ushort)300, "cd012c" },
        { 70_000, "ce00011170" },
        { 4_000_000_000u, "ceee6b2800" },
        { long.MinValue, "d38000000000000000" },
        { ulong.MaxValue, "cfffffffffffffffff" },
        { 1.5f, "ca3fc00000" },
        { 1.5, "cb3ff8000000000000" },
        { Colour.Blue, "a4426c7565" },
        { (Colour)7, "a137" },
        { new byte[] { 1, 2 }, "c4020102" },
        { new ReadOnlyMemory<byte>([1, 2]), "c4020102" },
        { new Guid("00112233-4455-6677-8899-aabbccddeeff"), Text("00112233-4455-6677-8899-aabbccddeeff") },
        { new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero), Text("2026-11-23T10:00:00+00:00") },
        { new DateTimeOffset(2026, 11, 23, 10, 0, 5, 250, TimeSpan.FromHours(2)), Text("2026-11-23T10:00:05.25+02:00") },
        { new DateTime(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc), Text("2026-11-23T10:00:00Z") },
        { new DateTime(638_000_000_000_000_001, DateTimeKind.Unspecified), Text("2022-09-28T22:13:20.0000001") },
        { TimeSpan.FromSeconds(90), Text("00:01:30") },
        { new DateOnly(2026, 11, 23), Text("2026-11-23") },
        { 12.50m, Text("12.50") },
        { new Uri("https://shop.example/a"), Text("https://shop.example/a") },
        { new[] { 1, 2 }, "920102" },
        { new Dictionary<string, int> { ["a"] = 1 }, "81a16101" },
        { new Renamed("x", "y") { Set = 3 }, "82a16ea178a373657403" },
        { new Empty(), "80" },
        { new object(), "80" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_OfEachKind_HasItsBytesAndComesBack(object value, string hex)
    {
        var bytes = Frames.Protocol.GetMessageBytes(CompletionMessage.WithResult("1", value)).ToArray();

        Assert.Equal("950380a13103" + hex, Convert.ToHexStringLower(Frames.Payload(bytes)));
        var read = ReadResult(hex, value.GetType());
        Assert.Equal(JsonSerializer.Serialize(value, value.GetType()), JsonSerializer.Serialize(read, value.GetType()));
    }

    [Theory]
    [InlineData(typeof(byte), "cd0100")]
    [InlineData(typeof(byte), "ff")]
    [InlineData(typeof(int), "ce80000000")]
    [InlineData(typeof(long), "cf8000000000000000")]
    [InlineData(typeof(ulong), "ff")]
    [InlineData(typeof(int), "a131")]
    [InlineData(typeof(int), "cb3ff0000000000000")]
    [InlineData(typeof(int), "c0")]
    [InlineData(typeof(bool), "01")]
    [InlineData(typeof(string), "01")]
    [InlineData(typeof(Colour), "a5477265656e")]
    [InlineData(typeof(Guid), "a131")]
    [InlineData(typeof(DateTimeOffset), "a131")]
    [InlineData(typeof(DateTimeOffset), "a122")]
    [InlineData(typeof(int[]), "80")]
    [InlineData(typeof(Empty), "90")]
    [InlineData(typeof(Action), "80")]
    [InlineData(typeof(Dictionary<string, int>), "810101")]
    [InlineData(typeof(Dictionary<int, int>), "810101")]
    public void Value_OfAnotherKind_FailsItsCallOnly(Type type, string hex)
    {
        var completion = Read(hex, type);

        Assert.StartsWith($"Error trying to deserialize result to {type.Name}.", completion.Error, StringComparison.Ordinal);
        var invocation = Frames.ParseHex($"950180a131a353617991{hex}", new TestBinder([type]));
        Assert.Equal("1", Assert.IsType<InvocationBindingFailureMessage>(invocation).InvocationId);
        var item = Frames.ParseHex($"940280a131{hex}", new TestBinder([], type));
        Assert.Equal("1", Assert.IsType<StreamBindingFailureMessage>(item).Id);
    }

    [Theory]
    [InlineData("d6ff00000001", "1970-01-01T00:00:01+00:00")]
    [InlineData("d7ff7735940000000001", "1970-01-01T00:00:01.5+00:00")]
    [InlineData("c70cff1dcd6500ffffffffffffffff", "1969-12-31T23:59:59.5+00:00")]
    public void Timestamp_OfEachLength_IsUnderstood(string hex, string time)
    {
        Assert.Equal(DateTimeOffset.Parse(time, null), ReadResult(hex, typeof(DateTimeOffset)));
        Assert.Equal(DateTimeOffset.Parse(time, null).UtcDateTime, ReadResult(hex, typeof(DateTime)));
        Assert.Equal(DateTimeOffset.Parse(time, null), ReadResult(hex, typeof(object)));
    }

    [Theory]
    [InlineData("cc05")]
    [InlineData("cd0005")]
    [InlineData("ce00000005")]
    [InlineData("cf0000000000000005")]
    [InlineData("d005")]
    [InlineData("d10005")]
    [InlineData("d200000005")]
    [InlineData("d30000000000000005")]
    public void Integer_OfAnyWidth_IsUnderstood(string hex)
    {
        Assert.Equal((byte)5, ReadResult(hex, typeof(byte)));
        Assert.Equal(5L, ReadResult(hex, typeof(long)));
        Assert.Equal(5UL, ReadResult(hex, typeof(ulong)));
        Assert.Equal(5.0, ReadResult(hex, typeof(double)));
        Assert.Equal(5, ReadResult(hex, typeof(int?)));
    }

    [Fact]
    public void Record_WithUnknownKeysInAnotherOrder_IsUnderstood()
    {
        // {"zzz": [1, {"a": 2}], 5: 6, "set": 9, "n": "x", "n": "y"}
        var read = ReadResult("85a37a7a7a920181a161020506a37365" + "7409a16ea178a16ea179", typeof(Renamed));

        Assert.Equal(new Renamed("y", "default") { Set = 9 }, read);
    }

    [Fact]
    public void Record_ThatHoldsItself_IsRefused()
    {
        var node = new Node();
        node.Next = node;

        Assert.Throws<InvalidOperationException>(() => Frames.Protocol.GetMessageBytes(CompletionMessage.WithResult("1", node)));
        Assert.Equal("81a46e65787480", Convert.ToHexStringLower(ResultBytes(new Node { Next = new Node() })));
    }

    [Fact]
    public void Member_WithoutAValue_KeepsWhatTheTypeGivesIt()
    {
        var read = Assert.IsType<Preset>(ReadResult("80", typeof(Preset)));

        Assert.Equal(("kept", 5), (read.Text, read.Number));
    }

    [Fact]
    public void RawResult_OfAClient_PassesThroughUntouched()
    {
        var completion = Read("93a1610102", typeof(RawResult));

        Assert.IsType<RawResult>(completion.Result);
        Assert.Equal("950380a1310393a1610102", Convert.ToHexStringLower(Frames.Payload(Frames.Protocol.GetMessageBytes(completion).Span)));
    }

    [Fact]
    public void Invocation_WithAnotherNumberOfArguments_FailsItsCallOnly()
    {
        var message = Assert.IsType<InvocationBindingFailureMessage>(Frames.ParseHex("950180a131a35361799101", TestBinder.Dynamic(2)));

        Assert.Equal("Say", message.Target);
        Assert.Equal("Invocation provides 1 argument(s) but target expects 2.", message.BindingFailure.SourceException.Message);
    }

    private static object? ReadResult(string hex, Type type)
    {
        var completion = Read(hex, type);
        Assert.Null(completion.Error);
        return completion.Result;
    }

    private static CompletionMessage Read(string hex, Type type) => Assert.IsType<CompletionMessage>(Frames.ParseHex("950380a13103" + hex, new TestBinder([], type)));

    private static byte[] ResultBytes(object value) => Frames.Payload(Frames.Protocol.GetMessageBytes(CompletionMessage.WithResult("1", value)).Span)[6..].ToArray();

    private static string Text(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return (bytes.Length < 32 ? $"{0xa0 | bytes.Length:x2}" : $"d9{bytes.Length:x2}") + Convert.ToHexStringLower(bytes);
    }

    private sealed record Renamed([property: JsonPropertyName("n")] string Name, [property: JsonIgnore] string Ignored = "default")
    {
        public int Set { get; set; }
    }

    private sealed record Empty;

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed class Preset
    {
        public string? Text { get; set; } = "kept";

        public int Number { get; init; } = 5;
    }
}
