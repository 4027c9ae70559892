using CoPilot.CoBrowse.Sanitizing;
using FsCheck.Fluent;

namespace CoPilot.CoBrowse.Tests.Sanitizing;

public sealed class TextPropertyTests
{
    private static readonly string[] Pieces =
    [
        "4111", "1111", "41111111", "4111111111111111", "1234567", "12345678", "020", "NL91", "ABNA", "0417164300", "GB29 NWBK 6016 1331 9268 19", "XX73ABCDEFGHIJKLMNOP", "a@b", "@", "x", "Z",
        "mary.secret@shop.example", " ", "  ", "\u00a0", "-", ".", "/", "(", ")", "+", ":", ",", "\n", "\u200b", "•", "••••••", "\u0664", "\uff11", "\u00e9",
    ];

    [Fact]
    public void Make_AnyText_MayBeShownAndStaysAsItIs() => RandomCheck.Run(Gen.Elements(Pieces).ListOf(), 5_000, pieces =>
    {
        var rule = new TextRule(SanitizerRules.Default);
        var made = rule.Make(string.Concat(pieces), shown: true);

        Assert.True(rule.MayBeShown(made), made);
        Assert.Equal(made, rule.Make(made, shown: true));
        Assert.DoesNotMatch("[0-9\u0660-\u0669\uff10-\uff19]{8}", made);
        Assert.DoesNotContain("a@b", made, StringComparison.Ordinal);
    });

    [Fact]
    public void Make_AnyTextThatIsNotShown_TellsNothing() => RandomCheck.Run(Gen.Elements(Pieces).ListOf(), 1_000, pieces =>
    {
        var rule = new TextRule(SanitizerRules.Default);

        Assert.True(rule.IsMasked(rule.Make(string.Concat(pieces), shown: false)));
    });
}
