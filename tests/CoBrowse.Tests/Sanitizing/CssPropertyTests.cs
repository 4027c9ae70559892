using System.Text;
using System.Text.RegularExpressions;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.CoBrowse.Sanitizing.Css;
using FsCheck.Fluent;

namespace CoPilot.CoBrowse.Tests.Sanitizing;

public sealed partial class CssPropertyTests
{
    private const int Runs = 1_500;

    private static readonly byte[] Key = Encoding.ASCII.GetBytes("a key of thirty-two bytes, about");

    [Fact]
    public void Make_AnyCss_IsAcceptedByCheckAndItselfUnchanged() => RandomCheck.Run(RandomCss.Either, Runs, css =>
    {
        using var make = new CssSanitizer(SanitizerRules.Default, NameMode.Made(Key));
        using var check = new CssSanitizer(SanitizerRules.Default, NameMode.Checked);

        var sheet = make.Sheet(css);
        Assert.True(check.IsCanonicalSheet(sheet), sheet);
        var declarations = make.Declarations(css);
        Assert.True(check.IsCanonicalDeclarations(declarations), declarations);
        Assert.True(make.Value("color", css) is not { } value || check.IsCanonicalValue("color", value));
    });

    [Fact]
    public void Make_AnyCss_HoldsNothingThatLoadsOrTells() => RandomCheck.Run(RandomCss.Either, Runs, css =>
    {
        using var make = new CssSanitizer(SanitizerRules.Default, NameMode.Made(Key));
        AssertHarmless(make.Sheet(css) + make.Declarations(css));
    });

    [Fact]
    public void Check_MadeSheetsChangedAtRandom_AcceptsNothingThatLoadsOrTells()
    {
        var accepted = 0;
        RandomCheck.Run(RandomCss.Misspelt(RandomCss.Sheet.Select(Make)), Runs, css =>
        {
            using var check = new CssSanitizer(SanitizerRules.Default, NameMode.Checked);
            if (css.Length > 0 && check.IsCanonicalSheet(css))
            {
                accepted++;
                AssertHarmless(css);
            }
        });

        Assert.InRange(accepted, Runs / 50, Runs);
    }

    [Fact]
    public void Make_RulesOneByOne_GiveTheSheet() => RandomCheck.Run(RandomCss.Sheet, Runs / 10, css =>
    {
        using var make = new CssSanitizer(SanitizerRules.Default, NameMode.Made(Key));
        using var check = new CssSanitizer(SanitizerRules.Default, NameMode.Checked);
        var sheet = make.Sheet(css);

        Assert.Equal(sheet, make.Sheet(css + "/* the end */"));
        Assert.Equal(sheet + sheet, make.Sheet(css + css));
        Assert.True(check.IsCanonicalSheet(sheet + sheet));
    });

    private static readonly string[] KnownStrings =
        ["\"\"", .. SanitizerRules.Default.Css.PropertySyntaxes.Words.Select(word => $"\"{word}\""), "\"text\""];

    private static string Make(string css)
    {
        using var make = new CssSanitizer(SanitizerRules.Default, NameMode.Made(Key));
        return make.Sheet(css);
    }

    private static void AssertHarmless(string css)
    {
        var plain = Hashes().Replace(css, "_");
        Assert.DoesNotMatch("[^ -~]", plain);
        Assert.DoesNotContain("\\", plain, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"url|@import|font-face|expression|attr\(|[Ss]ecret|</|<!|\$|\^", plain);
        Assert.All(QuotedText().Matches(plain), match => Assert.Contains(match.Value, KnownStrings));
    }

    [GeneratedRegex("_[a-z2-7]{8}|x-[a-z2-7]{8}")]
    private static partial Regex Hashes();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex QuotedText();
}
