namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>Writes declarations, each with its semicolon; what is not allowed leaves no trace. Not thread-safe.</summary>
internal sealed class CssDeclarationWriter(SanitizerRules rules, NameMode names, CssTokens tokens, CssComponentWriter components, CharBuffer output)
{
    private readonly CssFontWriter _fonts = new(rules.Css, tokens, components, output);

    /// <summary>Writes the declaration between two tokens, or nothing.</summary>
    public void Write(int start, int end)
    {
        var mark = output.Length;
        if (!TryWrite(start, end))
        {
            output.Length = mark;
        }
    }

    /// <summary>Whether an item begins with a custom property and a colon, so that braces behind belong to its value.</summary>
    public bool IsCustomProperty(int start, int end)
    {
        if (tokens[start].Type != CssTokenType.Ident || !tokens.Value(start).StartsWith(NameMode.DashedPrefix))
        {
            return false;
        }

        var colon = tokens.SkipWhitespace(start + 1, end);
        return colon < end && tokens[colon].Type == CssTokenType.Colon;
    }

    /// <summary>Writes the value of a property in lower case, without its semicolon.</summary>
    public bool TryWriteValue(string property, int start, int end)
    {
        if (property.StartsWith(NameMode.DashedPrefix, StringComparison.Ordinal))
        {
            return components.TryWrite(start, end);
        }

        return tokens.SkipWhitespace(start, end) < end && property switch
        {
            "font-family" => _fonts.TryWriteFamilies(start, end),
            "font" => _fonts.TryWriteFont(start, end),
            _ => components.TryWrite(start, end),
        };
    }

    /// <summary>Writes a property's name and answers it in lower case, or as it is for a custom one.</summary>
    public bool TryWriteProperty(ReadOnlySpan<char> name, out string property)
    {
        property = "";
        if (name.StartsWith(NameMode.DashedPrefix))
        {
            property = NameMode.DashedPrefix;
            return names.TryWriteDashed(name, output);
        }

        if (!rules.Css.Properties.TryGetLower(name, out var known))
        {
            return false;
        }

        property = known!;
        output.Append(property);
        return true;
    }

    private bool TryWrite(int start, int end)
    {
        if (tokens[start].Type != CssTokenType.Ident || !TryWriteProperty(tokens.Value(start), out var property))
        {
            return false;
        }

        var colon = tokens.SkipWhitespace(start + 1, end);
        if (colon >= end || tokens[colon].Type != CssTokenType.Colon)
        {
            return false;
        }

        output.Append(':');
        var valueEnd = WithoutImportant(colon + 1, end);
        if (!TryWriteValue(property, colon + 1, valueEnd))
        {
            return false;
        }

        output.Append(valueEnd < tokens.TrimEnd(colon + 1, end) ? "!important;" : ";");
        return true;
    }

    private int WithoutImportant(int start, int end)
    {
        end = tokens.TrimEnd(start, end);
        if (end - 1 <= start - 1 || tokens[end - 1].Type != CssTokenType.Ident || !tokens.Value(end - 1).Equals("important", StringComparison.OrdinalIgnoreCase))
        {
            return end;
        }

        var mark = tokens.TrimEnd(start, end - 1) - 1;
        return mark >= start && tokens.IsDelim(mark, '!') ? tokens.TrimEnd(start, mark) : end;
    }
}
