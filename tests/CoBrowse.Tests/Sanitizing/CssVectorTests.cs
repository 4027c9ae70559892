using System.Text.Json;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.CoBrowse.Sanitizing.Css;
using CoPilot.TestKit;

namespace CoPilot.CoBrowse.Tests.Sanitizing;

/// <summary><c>src/CoBrowse/Vectors/css.json</c>: what the browser makes of CSS, and what the server accepts.</summary>
public sealed class CssVectorTests
{
    private static readonly CssVectorFile File = JsonSerializer.Deserialize<CssVectorFile>(
        System.IO.File.ReadAllText(Checkout.File("src/CoBrowse/Vectors/css.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => [.. File.Vectors.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Make_EachVector_GivesItsCanonicalForm(string name)
    {
        var vector = File.Vectors.Single(candidate => candidate.Name == name);
        using var made = new CssSanitizer(SanitizerRules.Default, NameMode.Made(Convert.FromHexString(File.Key)));

        Assert.Equal(vector.Make, vector.Kind == "sheet" ? made.Sheet(vector.In) : made.Declarations(vector.In));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_EachVector_AcceptsWhatIsMadeAndAnswersForTheInput(string name)
    {
        var vector = File.Vectors.Single(candidate => candidate.Name == name);
        using var check = new CssSanitizer(SanitizerRules.Default, NameMode.Checked);
        bool Accepts(string css) => vector.Kind == "sheet" ? check.IsCanonicalSheet(css) : check.IsCanonicalDeclarations(css);

        Assert.True(Accepts(vector.Make));
        Assert.Equal(vector.Check == "accepted", Accepts(vector.In));
    }

    [Fact]
    public void Vectors_All_HaveNamesOfTheirOwn() => Assert.Distinct(File.Vectors.Select(vector => vector.Name));

    private sealed record CssVectorFile(string Key, List<CssVector> Vectors);

    private sealed record CssVector(string Name, string Kind, string In, string Make, string Check);
}
