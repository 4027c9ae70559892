using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace CoPilot.CoBrowse.Scope;

/// <summary>
/// A path that browsers, proxies and servers cannot but read alike. What they are known to read differently is no plain path: empty, dot and
/// blank segments, escapes that hide a separator or a letter, <c>;</c> parameters, letters that some servers fold into separators. The
/// TypeScript side (<c>client/src/scope/plain-path.ts</c>) must be the same; <c>Vectors/scope.json</c> holds both to it. Immutable.
/// </summary>
public sealed partial class PlainPath
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string[] _segments;
    private readonly string[] _loose;

    private PlainPath(string text, string[] segments)
    {
        Text = text;
        _segments = segments;
        _loose = Array.ConvertAll(segments, Loosen);
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>A slash at the end means nothing: <c>/help/</c> is <c>/help</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PlainPath? path)
    {
        path = null;
        if (!Shape().IsMatch(text))
        {
            return false;
        }

        var parts = text.Split('/')[1..];
        var segments = parts[^1].Length == 0 ? parts[..^1] : parts;
        for (var i = 0; i < segments.Length; i++)
        {
            if (Decode(segments[i]) is not { } decoded || Misread().IsMatch(decoded) || Loosen(decoded).Length == 0)
            {
                return false;
            }

            segments[i] = decoded;
        }

        path = new PlainPath(text, segments);
        return true;
    }

    /// <summary>Whether this is the prefix or below it, letter by letter.</summary>
    public bool IsWithin(PlainPath prefix) => StartsWith(_segments, prefix._segments);

    /// <summary>
    /// Whether some server may take this for the prefix or for what is below it: many ignore case, and some ignore dots and blanks at a
    /// segment's end. Only for what keeps a page out.
    /// </summary>
    public bool MayBeWithin(PlainPath prefix) => StartsWith(_loose, prefix._loose);

    private static bool StartsWith(ReadOnlySpan<string> segments, ReadOnlySpan<string> prefix) =>
        segments.Length >= prefix.Length && segments[..prefix.Length].SequenceEqual(prefix);

    private static string Loosen(string segment) => LowerAscii(segment).Trim(' ').TrimEnd('.', ' ');

    private static string LowerAscii(string text) =>
        string.Create(text.Length, text, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
            }
        });

    private static string? Decode(string segment)
    {
        if (!segment.Contains('%', StringComparison.Ordinal))
        {
            return segment;
        }

        var bytes = new byte[segment.Length];
        var count = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            bytes[count++] = (byte)segment[i];
            if (segment[i] == '%')
            {
                bytes[count - 1] = Convert.FromHexString(segment.AsSpan(i + 1, 2))[0];
                i += 2;
            }
        }

        try
        {
            return Strict.GetString(bytes, 0, count);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// Segments that are not empty but for the last. An escape is a byte of a letter beyond ASCII, a blank, or a sign that has no meaning of
    /// its own in a path; never an unreserved character, a slash, a backslash, a dot, <c>; ? #</c>, a per cent sign or a control character.
    /// </summary>
    [GeneratedRegex(@"\A(?=/)(?:/(?:[A-Za-z0-9\-._~!$&'()*+,:=@|\[\]]|%(?:2[01246-9A-Ca-c]|3[ACDEacde]|40|5[BDEbde]|60|7[BCDbcd]|[89A-Fa-f][0-9A-Fa-f]))+)*/?\z")]
    private static partial Regex Shape();

    /// <summary>
    /// C1 controls, invisible and direction marks, line separators, and the letters that look like a dot, a slash, a backslash, a per cent
    /// sign, a question mark, a number sign or a semicolon and are folded into it by some servers.
    /// </summary>
    [GeneratedRegex(@"[\u0080-\u00A0\u00AD\u037E\u180E\u2000-\u200F\u2024-\u2029\u202A-\u202F\u2044\u205F-\u206F\u2215\u2216\u29F5\u29F8\u29F9\u3000\u3002\uFE52\uFE54\uFE56\uFE5F\uFE68\uFE6A\uFEFF\uFF03\uFF05\uFF0E\uFF0F\uFF1B\uFF1F\uFF3C\uFF61\uFFF0-\uFFFF]")]
    private static partial Regex Misread();
}
