using System.Text.Json;
using CoPilot.HubClient;

namespace CoPilot.Contracts.Tests.Wire;

/// <summary><c>src/Contracts/Vectors/errors.json</c>: what clients make of the text of a failed hub call.</summary>
public sealed class ErrorVectorTests
{
    private static readonly List<ErrorVector> Vectors =
        JsonSerializer.Deserialize<List<ErrorVector>>(WireVector.Read("errors.json"), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => [.. Vectors.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_WireOfVector_ReadsCodeTextAndRetry(string name)
    {
        var vector = Vectors.Single(candidate => candidate.Name == name);

        var refusal = HubRefusalException.Parse(vector.Wire);

        Assert.Equal(vector.Code, refusal.Code);
        Assert.Equal(vector.Text, refusal.Text);
        Assert.Equal(vector.RetryAfterMs, refusal.RetryAfter?.TotalMilliseconds);
    }

    private sealed record ErrorVector(string Name, string Wire, string Code, string Text, double? RetryAfterMs);
}
