using System.Text.Json;
using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;

namespace CoPilot.ChatServer.Tests.Conversations;

public sealed class MessageTextTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static TheoryData<string> Names => [.. ReadVectors().Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Normalise_Vector_IsAsTheContractSays(string name)
    {
        var vector = ReadVectors().Single(vector => vector.Name == name);

        var outcome = MessageText.Normalise(vector.Input);

        Assert.Equal((vector.Output, vector.Error), (outcome.IsAccepted ? outcome.Value : null, outcome.Refusal?.Code));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Normalise_Again_ChangesNothing(string name)
    {
        if (ReadVectors().Single(vector => vector.Name == name).Output is { } output)
        {
            Assert.Equal(output, MessageText.Normalise(output).Value);
        }
    }

    [Fact]
    public void Normalise_Absent_IsInvalid() => Assert.Equal(ErrorCodes.Invalid, MessageText.Normalise(null).Refusal?.Code);

    [Fact]
    public void Normalise_LengthAfterwards_IsWhatCounts()
    {
        Assert.True(MessageText.Normalise(new string('a', Limits.TextLength)).IsAccepted);
        Assert.Equal(ErrorCodes.TooLarge, MessageText.Normalise(new string('a', Limits.TextLength + 1)).Refusal?.Code);
        Assert.True(MessageText.Normalise("  " + new string('a', Limits.TextLength) + "\n").IsAccepted);
        Assert.Equal(Limits.TextLength, MessageText.Normalise(string.Concat(Enumerable.Repeat("e\u0301", Limits.TextLength))).Value.Length);

        // An emoji is two units.
        Assert.Equal(ErrorCodes.TooLarge, MessageText.Normalise(string.Concat(Enumerable.Repeat("\U0001F600", 2_001))).Refusal?.Code);
    }

    /// <summary>Not in the vectors: JSON readers refuse half a pair, so it can only come in another encoding.</summary>
    [Fact]
    public void Normalise_HalfAPair_IsReplaced()
    {
        Assert.Equal("a\uFFFDb", MessageText.Normalise("a\uD83Db").Value);
        Assert.Equal("\uFFFDa\uFFFD", MessageText.Normalise("\uDE00a\uD83D").Value);
    }

    private static List<TextVector> ReadVectors()
    {
        using var stream = typeof(Limits).Assembly.GetManifestResourceStream("text.json")!;
        return JsonSerializer.Deserialize<List<TextVector>>(stream, Web)!;
    }

    private sealed record TextVector(string Name, string Input, string? Output, string? Error);
}
