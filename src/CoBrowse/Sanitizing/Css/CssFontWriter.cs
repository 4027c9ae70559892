namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>Writes the names of fonts, of which only generic and system ones pass. Not thread-safe.</summary>
internal sealed class CssFontWriter(CssRules rules, CssTokens tokens, CssComponentWriter components, CharBuffer output)
{
    private const string LastResort = "sans-serif";

    public bool TryWriteFamilies(int start, int end)
    {
        if (IsVariable(start, end))
        {
            return components.TryWrite(start, end);
        }

        var mark = output.Length;
        WriteFamilies(start, end, mark);
        return output.Length > mark;
    }

    public bool TryWriteFont(int start, int end)
    {
        start = tokens.SkipWhitespace(start, end);
        end = tokens.TrimEnd(start, end);
        var comma = tokens.Find(start, end, CssTokenType.Comma, CssTokenType.Comma);
        var family = FamilyStart(start, comma);
        if (family >= comma)
        {
            return comma == end && components.TryWrite(start, end);
        }

        if (!components.TryWrite(start, family))
        {
            return false;
        }

        output.Append(' ');
        var mark = output.Length;
        WriteFamilies(family, end, mark);
        if (output.Length == mark)
        {
            output.Append(LastResort);
        }

        return true;
    }

    private bool IsVariable(int start, int end)
    {
        start = tokens.SkipWhitespace(start, end);
        end = tokens.TrimEnd(start, end);
        return start < end && tokens[start].Type == CssTokenType.Function && tokens.Next(start, end) == end
            && tokens.Value(start).Equals("var", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What follows the last size (and a line height behind a slash) is the first family; without a size there is none.</summary>
    private int FamilyStart(int start, int end)
    {
        var family = -1;
        for (var i = start; i < end; i = tokens.Next(i, end))
        {
            var isSize = tokens[i].Type is CssTokenType.Number or CssTokenType.Percentage or CssTokenType.Dimension or CssTokenType.Function
                || (tokens[i].Type == CssTokenType.Ident && rules.FontSizes.TryGetLower(tokens.Value(i), out _));
            family = isSize ? tokens.Next(i, end) : family;
        }

        if (family < 0)
        {
            return end;
        }

        var slash = tokens.SkipWhitespace(family, end);
        if (slash < end && tokens.IsDelim(slash, '/'))
        {
            var height = tokens.SkipWhitespace(slash + 1, end);
            family = height < end ? tokens.Next(height, end) : end;
        }

        return tokens.SkipWhitespace(family, end);
    }

    private void WriteFamilies(int start, int end, int mark)
    {
        while (start < end)
        {
            var comma = tokens.Find(start, end, CssTokenType.Comma, CssTokenType.Comma);
            if (Family(start, comma) is { } family)
            {
                if (output.Length > mark)
                {
                    output.Append(',');
                }

                output.Append(family);
            }

            start = comma + 1;
        }
    }

    private string? Family(int start, int end)
    {
        start = tokens.SkipWhitespace(start, end);
        end = tokens.TrimEnd(start, end);
        if (end - start == 1 && tokens[start].Type == CssTokenType.String)
        {
            return Known(string.Join(' ', Words(tokens.Value(start))));
        }

        var words = new List<string>();
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Type is not (CssTokenType.Ident or CssTokenType.Whitespace))
            {
                return null;
            }

            if (tokens[i].Type == CssTokenType.Ident)
            {
                words.Add(tokens.Value(i).ToString());
            }
        }

        return Known(string.Join(' ', words));
    }

    private static string[] Words(ReadOnlySpan<char> text) => text.ToString().Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private string? Known(string family) => rules.FontFamilies.TryGetLower(family, out var known) ? known : null;
}
