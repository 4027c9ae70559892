using System.Globalization;

namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>The numbers of <c>:nth-child()</c>, always written with both: <c>2n+1</c>.</summary>
internal static class CssNth
{
    private const int Longest = 32;

    public static bool TryWrite(CssTokens tokens, int start, int end, CharBuffer output)
    {
        Span<char> text = stackalloc char[Longest];
        var length = 0;
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Type == CssTokenType.Whitespace)
            {
                continue;
            }

            var part = tokens.Text(i);
            if (tokens[i].Opens || part.Length > Longest - length)
            {
                return false;
            }

            Ascii.Lower(part, text[length..]);
            length += part.Length;
        }

        return TryParse(text[..length], out var step, out var offset)
            && Write(output, string.Create(CultureInfo.InvariantCulture, $"{step}n{(offset < 0 ? "" : "+")}{offset}"));
    }

    private static bool TryParse(ReadOnlySpan<char> text, out int step, out int offset)
    {
        (step, offset) = (2, text is "odd" ? 1 : 0);
        if (text is "odd" or "even")
        {
            return true;
        }

        var n = text.IndexOf('n');
        if (n < 0)
        {
            step = 0;
            return TryInteger(text, out offset);
        }

        var behind = text[(n + 1)..];
        return TryStep(text[..n], out step) && (behind.Length == 0 || (behind[0] is '+' or '-' && TryInteger(behind, out offset)));
    }

    private static bool TryStep(ReadOnlySpan<char> text, out int step)
    {
        step = text is "-" ? -1 : 1;
        return text is "" or "+" or "-" || TryInteger(text, out step);
    }

    private static bool TryInteger(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        var digits = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        return digits.Length is > 0 and <= 9 && !digits.ContainsAnyExceptInRange('0', '9')
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    private static bool Write(CharBuffer output, string text)
    {
        output.Append(text);
        return true;
    }
}
