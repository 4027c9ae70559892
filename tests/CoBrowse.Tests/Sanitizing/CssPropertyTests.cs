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
        var made = Hashes().Replace(make.Sheet(css) + make.Declarations(css), "_");

        Assert.DoesNotMatch("[^ -~]", made);
        Assert.DoesNotContain("\\", made, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"url|@import|font-face|expression|attr\(|[Ss]ecret|</|<!|\$|\^", made);
        Assert.All(QuotedText().Matches(made), match => Assert.Contains(match.Value, KnownStrings));
    });

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

    [GeneratedRegex("_[a-z2-7]{8}|x-[a-z2-7]{8}")]
    private static partial Regex Hashes();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex QuotedText();
}
