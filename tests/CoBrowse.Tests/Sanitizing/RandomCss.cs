using FsCheck;
using FsCheck.Fluent;

namespace CoPilot.CoBrowse.Tests.Sanitizing;

/// <summary>Random CSS: soups of tokens, whole and broken, and sheets that mostly make sense.</summary>
internal static class RandomCss
{
    private static readonly string[] Pieces =
    [
        "a", "div", ".card", "#main", "*", "&", "img", "script", "my-widget", "url(", "url(x)", "url(\"x\")", "\"str\"", "'it''s", "\"", "'", "\n", " ", "/*", "*/",
        "/* c */", "{", "}", "(", ")", "[", "]", ":", "::", ";", ",", "@", "@media", "@import", "@layer", "@keyframes", "@supports", "@property", "@font-face", "@charset", "!important", "!",
        "color", "background", "--x", "--", "content", "font", "font-family", "red", "Secret", "var(", "calc(", "rgb(", "attr(", "expression(", "#fff", "#secret", "1px", "1e3", "-1.50em",
        ".5", "+3", "50%", "1secret", "\\", "\\63 ", "\\0", "\\110000", "\\:", "\u00e9", "\ud83d\ude00", "\ud800", "\0", "<!--", "-->", "</style>", "and", "screen", "min-width", "from", "to",
        "nth-child(2n+1)", ":not(", ":has(", ":is(", ":hover", "::before", ":secret", "[type=text]", "[value^=a]", "[xlink\\:href]", "=", "^=", "~", ">", "+", "-", "/", "|", "%", "<", "$", "_abcdefgh", "x-abcdefgh",
        "x-img", "\"<length>\"", "syntax", "inherits", "true",
    ];

    public static Gen<string> Soup { get; } = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));

    private static Gen<string> Word(params string[] words) => Gen.Elements(words);

    private static Gen<string> Value { get; } =
        Word("red", "1px", "calc(1px + 2em)", "\"Secret\"", "url(x)", "Secret", "var(--a,b)", "#ABCDEF", "0.50%", "a,b", "1/2", "[a] 1fr", "1.5e3px", "-.0", "rgb(1 2 3/4)")
            .ListOf().Select(values => string.Join(' ', values));

    private static Gen<string> Declaration { get; } =
        from property in Word("color", "--Brand", "font", "font-family", "Margin", "secret", "content", "grid-area", "animation")
        from value in Value
        from important in Word("", "!important", " ! important")
        select $"{property}:{value}{important};";

    private static Gen<string> Selector { get; } =
        Word("a", ".b", "#c", "a > .b", ":not(.b)", "[type=text]", "[data-x]", "::before", "li:nth-child(2n + 1)", "*", "&:hover", "my-el", "video", "+ b", "a::slotted(b)")
            .NonEmptyListOf().Select(parts => string.Join(',', parts));

    public static Gen<string> Sheet { get; } = Rule(2).ListOf().Select(rules => string.Concat(rules));

    public static Gen<string> Either { get; } = Gen.OneOf(Soup, Sheet, Mutated(Sheet));

    private static Gen<string> Mutated(Gen<string> css) =>
        from text in css
        from at in Gen.Choose(0, Math.Max(0, text.Length - 1))
        from piece in Gen.Elements(Pieces)
        from cut in Gen.Choose(0, 3)
        select text.Length == 0 ? piece : text[..at] + piece + text[Math.Min(text.Length, at + cut)..];

    /// <summary>With one character changed to another that canonical CSS may have.</summary>
    public static Gen<string> Misspelt(Gen<string> css) =>
        from text in css
        from at in Gen.Choose(0, Math.Max(0, text.Length - 1))
        from character in Gen.Elements("abcdefghijklmnopqrstuvwxyz234567 _-.:;,#@{}()[]\"".ToCharArray())
        select text.Length == 0 ? text : $"{text[..at]}{character}{text[(at + 1)..]}";

    private static Gen<string> Rule(int depth)
    {
        var style =
            from selector in Selector
            from declarations in Declaration.ListOf()
            from nested in depth > 0 ? Rule(depth - 1).ListOf().Resize(2) : Gen.Constant<List<string>>([])
            select $"{selector}{{{string.Concat(declarations)}{string.Concat(nested)}}}";
        if (depth == 0)
        {
            return style;
        }

        var at =
            from prelude in Word("@media screen and (min-width:1px)", "@layer a.b", "@supports (color:red)", "@container c (width>1px)", "@import \"x\";@media print", "@starting-style")
            from rules in Rule(depth - 1).ListOf().Resize(3)
            select $"{prelude}{{{string.Concat(rules)}}}";
        return Gen.OneOf(style, style, at, Word("@keyframes k{from{top:0}50%{left:1px}}", "@property --p{syntax:\"*\";inherits:true}", "@font-face{src:url(x)}"));
    }
}
