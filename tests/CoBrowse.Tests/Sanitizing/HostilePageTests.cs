using System.Text;
using System.Text.Json;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.CoBrowse.Tests.Frames;

namespace CoPilot.CoBrowse.Tests.Sanitizing;

/// <summary>What runs script, loads something or leads away in a page that is built from a forged recording.</summary>
public sealed class HostilePageTests
{
    private static readonly string[] Handlers =
    [
        "onload", "onerror", "onclick", "onfocus", "onfocusin", "onblur", "ontoggle", "onbeforetoggle", "onmouseover", "onmouseenter", "onpointerover", "onpointerenter", "onanimationstart", "onanimationend",
        "ontransitionend", "onscroll", "onwheel", "onkeydown", "oninput", "onchange", "onsubmit", "oncopy", "onpaste", "onpageshow", "onhashchange", "onmessage", "onbegin", "onend", "onrepeat",
    ];

    private static readonly string[] Addresses =
    [
        "src", "srcset", "srcdoc", "action", "formaction", "poster", "data", "cite", "background", "longdesc", "usemap", "manifest", "ping", "archive", "codebase", "classid", "profile", "icon", "imagesrcset",
        "lowsrc", "dynsrc", "xml:base", "xlink:actuate", "attributionsrc", "http-equiv", "content", "is", "nonce", "target", "name", "value", "style ", "STYLE", "onload ", "_csstext", "rr_dataURL", "rr_src", "rr_mediaState",
    ];

    public static TheoryData<string> Elements =>
    [
        .. SanitizerRules.Default.Elements.Dropped.Words, .. SanitizerRules.Default.Elements.Boxes.Keys,
        "SCRIPT", "Script", "svg:script", "style ", "x-", "x-abcdefg", "x-abcdefghi", "x-ABCDEFGH", "font-face", "annotation-xml", "mi", "dialog\u0000", "",
    ];

    public static TheoryData<string> Styles =>
    [
        "background:url(http://evil.example/x);", "background:url(\"http://evil.example/x\");", "background:u\\72l(http://evil.example/x);", "background:image-set(\"http://evil.example/x\" 1x);",
        "background:-webkit-image-set(\"\" 1x);", "background:cross-fade(url(x),red);", "background:element(#_abcdefgh);", "background:image(\"\");", "background:src(\"\");", "cursor:url(x),auto;",
        "list-style-image:url(x);", "content:url(x);", "content:\"Secret\";", "content:attr(title);", "behavior:none;", "-moz-binding:none;", "width:expression(alert(1));", "--_abcdefgh:url(x);",
        "--_abcdefgh:\"Secret\";", "--secret:1px;", "color:red", "color:red;;", "color :red;", "COLOR:red;", "color:red;}a{color:red;", "color:red;/**/", "font-family:Secret;", "font:1em Secret;",
        "filter:url(x);", "mask:url(#_abcdefgh);", "clip-path:url(x);", "offset-path:url(x);", "fill:url(http://evil.example/x#y);", "src:url(x);", "animation:Secret 1s;", "width:1e9px;", "width:99999999999px;",
        "background:paint(x);", "width:1px!important", "width:1px !important;", "color:red;</style>", "quotes:\"a\" \"b\";",
    ];

    public static TheoryData<string> Sheets =>
    [
        "@import \"\";", "@import url(x);", "@charset \"\";", "@namespace \"\";", "@font-face{}", "@font-face{src:url(x);}", "@page{}", "@document{}", "@counter-style _abcdefgh{}", "@view-transition{}",
        "@scope{}", "@media not all{}@import \"\";", "a{background:url(x);}", "[value=\"x\"]{}", "[value^=\"a\"]{}", "[title=\"x\"]{}", "[class^=\"_\"]{}", "a[href*=\"x\"]{}", ".card{}", "#main{}",
        "._ABCDEFGH{}", "script{}", "link{}", "a::part(x){}", ":host-context(.x){}", ":-moz-any(a){}", "::cue{}", "a{content:\"x\";}", "@keyframes secret{}", "@layer secret;", "@container secret (width>1px){}",
        "@property --secret{syntax:\"*\";inherits:true;}", "@property --_abcdefgh{syntax:\"secret\";inherits:true;}", "@property --_abcdefgh{inherits:true;syntax:\"*\";}", "@supports (background:url(x)){}",
        "@media (secret:1){}", "a{}\n", " a{}", "a {}", "a{ }", "<!--a{}", "a{}/**/", "a{color:red}", "A{}", "a,a:secret{}", "a{", "a{}}", "@media print{a{}", "\u00e9{}", "@media url(x){}",
    ];

    [Theory]
    [MemberData(nameof(Elements))]
    public void Check_ElementThatMayNotBe_IsRefused(string name)
    {
        Assert.Equal(RefusalReason.Element, Check(name, "{}"));
        if (!SanitizerRules.Default.Elements.Svg.Contains(name))
        {
            Assert.Equal(RefusalReason.Element, Check(name, "{}", "\"isSVG\":true,"));
        }
    }

    [Theory]
    [InlineData("div", "")]
    [InlineData("body", "")]
    [InlineData("a", "")]
    [InlineData("form", "")]
    [InlineData("button", "")]
    [InlineData("input", "")]
    [InlineData("x-abcdefgh", "")]
    [InlineData("svg", "\"isSVG\":true,")]
    [InlineData("use", "\"isSVG\":true,")]
    [InlineData("a", "\"isSVG\":true,")]
    public void Check_AttributeThatMayNotBe_IsRefused(string element, string field)
    {
        Assert.Null(Check(element, "{}", field));
        Assert.All([.. Handlers, .. Addresses], name =>
        {
            Assert.Equal(RefusalReason.Attribute, Check(element, $$"""{"{{name}}":""}""", field));
            Assert.Equal(RefusalReason.Attribute, Check(element, $$"""{"{{name}}":"javascript:alert(1)"}""", field));
        });
    }

    [Theory]
    [InlineData("a", "href", "")]
    [InlineData("use", "href", "\"isSVG\":true,")]
    [InlineData("use", "xlink:href", "\"isSVG\":true,")]
    [InlineData("linearGradient", "href", "\"isSVG\":true,")]
    public void Check_AddressInAReference_IsRefused(string element, string attribute, string field) => Assert.All(
        ["javascript:alert(1)", "data:text/html,x", "http://evil.example/x", "//evil.example", "/x", "?x", "#", "#x", "#Secret", "http://evil.example/#_abcdefgh", " #_abcdefgh"],
        address => Assert.Equal(RefusalReason.Attribute, Check(element, $$"""{"{{attribute}}":"{{address}}"}""", field)));

    [Theory]
    [MemberData(nameof(Styles))]
    public void Check_StyleThatMayNotBe_IsRefused(string style) =>
        Assert.Equal(RefusalReason.Css, Check("div", $$"""{"style":{{JsonSerializer.Serialize(style)}}}"""));

    [Theory]
    [MemberData(nameof(Sheets))]
    public void Check_SheetThatMayNotBe_IsRefused(string sheet) =>
        Assert.Equal(RefusalReason.Css, Check("style", $$"""{"_cssText":{{JsonSerializer.Serialize(sheet)}}}"""));

    [Fact]
    public void Check_MoreAttributesThanAllowed_AreRefused()
    {
        string Numbers(int count) => "{" + string.Join(',', SanitizerRules.Default.Attributes.Svg.Rules
            .Where(rule => rule.Kind is AttributeKind.Numbers or AttributeKind.Integer or AttributeKind.Names or AttributeKind.Value && rule.Name != "font-family")
            .OrderBy(rule => rule.Name, StringComparer.Ordinal).Take(count)
            .Select(rule => $"\"{rule.Name}\":\"{(rule.Kind == AttributeKind.Names ? "_abcdefgh" : "1")}\"")) + "}";
        var most = SanitizerRules.Default.Limits.Attributes;

        Assert.Null(Check("path", Numbers(most), "\"isSVG\":true,"));
        Assert.Equal(RefusalReason.Attribute, Check("path", Numbers(most + 1), "\"isSVG\":true,"));
    }

    private static string? Check(string element, string attributes, string field = "")
    {
        var name = JsonSerializer.Serialize(element);
        var body = $$"""{"type":2,"id":10,{{field}}"tagName":{{name}},"attributes":{{attributes}},"childNodes":[]}""";
        using var check = new EventCheck(SanitizerRules.Default);
        return check.Check(Encoding.UTF8.GetBytes($"[{FrameWriter.Document(body)}]"), keyframe: true);
    }
}
