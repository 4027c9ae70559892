using System.Globalization;
using System.Net;
using System.Text;

namespace CoPilot.LoadRunner.Results.Plots;

/// <summary>As much of SVG as plots need. Looks come from classes, so that a page may forbid style attributes.</summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder _text = new();

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public void Open(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(element, attributes);
        _text.Append(">\n");
    }

    public void Close(string element) => _text.Append("</").Append(element).Append(">\n");

    public void Text(double x, double y, string style, string text) =>
        Written("text", text, ("x", Number(x)), ("y", Number(y)), ("class", style));

    public void TextUpwards(double x, double y, string style, string text) =>
        Written("text", text, ("transform", $"translate({Number(x)} {Number(y)}) rotate(-90)"), ("class", style));

    /// <summary>An element with text in it.</summary>
    public void Written(string element, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(element, attributes);
        _text.Append('>').Append(WebUtility.HtmlEncode(text));
        Close(element);
    }

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Single("line", ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), ("class", style));

    public void Rectangle(double x, double y, double width, double height, string style) =>
        Single("rect", ("x", Number(x)), ("y", Number(y)), ("width", Number(width)), ("height", Number(height)), ("class", style));

    public void Path(string data, string style) => Single("path", ("d", data), ("class", style));

    /// <summary>A style sheet of our own, which has no letter that would need another spelling.</summary>
    public void Style(string css) => _text.Append("<style>").Append(css).Append("</style>\n");

    public override string ToString() => _text.ToString();

    private void Single(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(element, attributes);
        _text.Append("/>\n");
    }

    private void Begin(string element, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _text.Append('<').Append(element);
        foreach (var (name, value) in attributes)
        {
            _text.Append(' ').Append(name).Append("=\"").Append(WebUtility.HtmlEncode(value)).Append('"');
        }
    }
}
