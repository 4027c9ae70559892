using System.Text.Json;
using CoPilot.ChatServer.Validation;

namespace CoPilot.ChatServer.Tests.Validation;

public sealed class CanonicalCompositionTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Random runs of the characters that matter, composed by another implementation (see build/Unicode).</summary>
    [Fact]
    public void Compose_Cases_AreAsAnotherImplementationSays()
    {
        using var stream = typeof(CanonicalCompositionTests).Assembly.GetManifestResourceStream("CanonicalComposition.json")!;
        var cases = JsonSerializer.Deserialize<List<Case>>(stream, Web)!;
        Assert.Equal(300, cases.Count);
        Assert.All(cases, composed => Assert.Equal(composed.Output, CanonicalComposition.Compose(composed.Input)));
        Assert.All(cases, composed => Assert.Equal(composed.Output, CanonicalComposition.Compose(composed.Output)));
    }

    private sealed record Case(string Input, string Output);
}
