using System.Text.Json;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.TestKit;

namespace CoPilot.CoBrowse.Tests.Sanitizing;

public sealed class TextRuleTests
{
    private const string Prefix = "shown text: ";

    private readonly TextRule _rule = new(SanitizerRules.Default);

    public static TheoryData<string, string> ShownTexts
    {
        get
        {
            var data = new TheoryData<string, string>();
            using var document = JsonDocument.Parse(File.ReadAllText(Checkout.File("src/CoBrowse/Vectors/sanitizer.json")));
            foreach (var vector in document.RootElement.GetProperty("vectors").EnumerateArray())
            {
                if (vector.GetProperty("name").GetString()!.StartsWith(Prefix, StringComparison.Ordinal))
                {
                    data.Add(Text(vector.GetProperty("in")), Text(vector.GetProperty("make")));
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(ShownTexts))]
    public void Make_ShownText_MasksItsPieces(string text, string made)
    {
        Assert.Equal(made, _rule.Make(text, shown: true));
        Assert.True(_rule.MayBeShown(made));
        Assert.Equal(made == text, _rule.MayBeShown(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("••••••")]
    public void IsMasked_WhatTellsNothing_IsTrue(string text) => Assert.True(_rule.IsMasked(text));

    [Theory]
    [InlineData("Secret")]
    [InlineData("•••••")]
    [InlineData("•••••••")]
    [InlineData("\u00a0")]
    public void IsMasked_AnythingElse_IsFalse(string text) => Assert.False(_rule.IsMasked(text));

    [Fact]
    public void Make_LongerThanTheLimit_IsTheMask() =>
        Assert.Equal("••••••", _rule.Make(new string('a', SanitizerRules.Default.Limits.TextUnits + 1), shown: true));

    private static string Text(JsonElement events) => Find(events[1].GetProperty("data").GetProperty("node"))!;

    private static string? Find(JsonElement node) => node.TryGetProperty("textContent", out var text)
        ? text.GetString()
        : node.TryGetProperty("childNodes", out var children) ? children.EnumerateArray().Select(Find).FirstOrDefault(found => found is not null) : null;
}
