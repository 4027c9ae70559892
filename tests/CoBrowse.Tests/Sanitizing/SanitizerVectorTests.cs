using System.Text;
using System.Text.Json;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.TestKit;

namespace CoPilot.CoBrowse.Tests.Sanitizing;

/// <summary><c>src/CoBrowse/Vectors/sanitizer.json</c>: the server accepts what the browser makes, and answers for what it would not make.</summary>
public sealed class SanitizerVectorTests
{
    private static readonly VectorFile File = JsonSerializer.Deserialize<VectorFile>(
        System.IO.File.ReadAllText(Checkout.File("src/CoBrowse/Vectors/sanitizer.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => [.. File.Vectors.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_EachVector_AnswersAsItSays(string name)
    {
        var vector = File.Vectors.Single(candidate => candidate.Name == name);
        var events = vector.Make is { ValueKind: JsonValueKind.Array } made ? made : vector.In;
        using var check = new EventCheck(SanitizerRules.Default);

        Assert.Equal(vector.Check, check.Check(Encoding.UTF8.GetBytes(events.GetRawText()), keyframe: true) ?? "accepted");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_WhatTheRecorderGives_IsNeverAccepted(string name)
    {
        var vector = File.Vectors.Single(candidate => candidate.Name == name);
        using var check = new EventCheck(SanitizerRules.Default);
        if (vector.Make is { ValueKind: JsonValueKind.Array })
        {
            Assert.NotNull(check.Check(Encoding.UTF8.GetBytes(vector.In.GetRawText()), keyframe: true));
        }
    }

    /// <summary>The recording of a page that holds everything a page can, made by the browser's half in a real browser (<c>COPILOT_WRITE_VECTORS=1 npx vitest run canary</c>).</summary>
    [Fact]
    public void Check_RecordingOfTheCanaryPage_IsAccepted()
    {
        using var recorded = JsonDocument.Parse(System.IO.File.ReadAllText(Checkout.File("src/CoBrowse/Vectors/recorded.json")));
        using var check = new EventCheck(SanitizerRules.Default);
        var events = recorded.RootElement.EnumerateArray().Select(recordedEvent => recordedEvent.GetRawText()).ToList();

        Assert.Null(check.Check(Encoding.UTF8.GetBytes($"[{string.Join(',', events.Take(2))}]"), keyframe: true));
        Assert.All(events.Skip(2), increment => Assert.Null(check.Check(Encoding.UTF8.GetBytes($"[{increment}]"), keyframe: false)));
    }

    [Fact]
    public void Vectors_All_HaveNamesOfTheirOwnAndReasonsOfTheRules()
    {
        Assert.Distinct(File.Vectors.Select(vector => vector.Name));
        Assert.All(File.Vectors, vector => Assert.True(vector.Check == "accepted" || SanitizerRules.Default.Reasons.Contains(vector.Check)));
    }

    private sealed record VectorFile(string Key, List<Vector> Vectors);

    private sealed record Vector(string Name, JsonElement In, JsonElement? Make, string Check);
}
