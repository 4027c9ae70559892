using System.Text.Json;
using CoPilot.HubClient;

namespace CoPilot.Contracts.Tests.Wire;

/// <summary><c>src/Contracts/Vectors/refusals.json</c>: what clients make of the text of a failed hub call.</summary>
public sealed class RefusalVectorTests
{
    private static readonly List<RefusalVector> Vectors =
        JsonSerializer.Deserialize<List<RefusalVector>>(WireVector.Read("refusals.json"), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => [.. Vectors.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_MessageOfVector_ReadsCodeTextAndRetry(string name)
    {
        var vector = Vectors.Single(candidate => candidate.Name == name);

        var refusal = HubRefusalException.Parse(vector.Message);

        Assert.Equal(vector.Code, refusal?.Code);
        Assert.Equal(vector.Text, refusal?.Text);
        Assert.Equal(vector.RetryAfterMs, refusal?.RetryAfter?.TotalMilliseconds);
    }

    private sealed record RefusalVector(string Name, string Message, string? Code, string? Text, double? RetryAfterMs);
}
