namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>Lower case of ASCII letters only: the two sides must not differ by what their platforms know of other alphabets.</summary>
internal static class Ascii
{
    public static void Lower(ReadOnlySpan<char> text, Span<char> lower)
    {
        for (var i = 0; i < text.Length; i++)
        {
            lower[i] = text[i] is >= 'A' and <= 'Z' ? (char)(text[i] | 0x20) : text[i];
        }
    }

    public static string Lower(ReadOnlySpan<char> text)
    {
        var lower = new char[text.Length];
        Lower(text, lower);
        return new string(lower);
    }
}
