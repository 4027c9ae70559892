namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>Writes the parts of a compound selector that hold no others. Not thread-safe.</summary>
internal sealed class CssSimpleSelectorWriter(SanitizerRules rules, NameMode names, CssTokens tokens, CharBuffer output)
{
    /// <summary>Writes the type, <c>*</c> or <c>&amp;</c> that a compound may begin with; false when it is one that may not stay.</summary>
    public bool TryWriteType(ref int i, int end)
    {
        if (i >= end)
        {
            return true;
        }

        if (tokens[i].Type == CssTokenType.Ident)
        {
            return TryWriteElement(tokens.Value(i++));
        }

        if (tokens.Delim(i) is '*' or '&')
        {
            output.Append(tokens.Delim(i++));
        }

        return true;
    }

    /// <summary>Writes a class, an id or an attribute.</summary>
    public bool TryWrite(ref int i, int end)
    {
        var start = i;
        i = tokens.Next(i, end);
        switch (tokens[start].Type)
        {
            case CssTokenType.Hash:
                output.Append('#');
                return names.TryWriteName(tokens.Value(start), output);
            case CssTokenType.OpenSquare:
                return TryWriteAttribute(start + 1, Math.Min(tokens[start].Match, end));
            default:
                output.Append('.');
                return i < end && tokens[i].Type == CssTokenType.Ident && names.TryWriteName(tokens.Value(i++), output);
        }
    }

    public bool TryWritePseudo(ReadOnlySpan<char> name, bool isElement)
    {
        if (!isElement && rules.Css.PseudoClasses.TryGetLower(name, out var pseudo))
        {
            output.Append(':');
            output.Append(pseudo);
            return true;
        }

        var elements = isElement ? rules.Css.PseudoElements : rules.Css.LegacyPseudoElements;
        if (!elements.TryGetLower(name, out pseudo))
        {
            return false;
        }

        output.Append("::");
        output.Append(pseudo);
        return true;
    }

    /// <summary>Writes hashed names with one space between.</summary>
    public bool TryWriteNames(int start, int end)
    {
        var mark = output.Length;
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Type == CssTokenType.Whitespace)
            {
                continue;
            }

            if (output.Length > mark)
            {
                output.Append(' ');
            }

            if (tokens[i].Type != CssTokenType.Ident || !names.TryWriteName(tokens.Value(i), output))
            {
                return false;
            }
        }

        return output.Length > mark;
    }

    public bool TryWriteDirection(int start, int end)
    {
        start = tokens.SkipWhitespace(start, end);
        end = tokens.TrimEnd(start, end);
        var direction = end - start == 1 && tokens[start].Type == CssTokenType.Ident ? Ascii.Lower(tokens.Value(start)) : "";
        output.Append(direction);
        return direction is "ltr" or "rtl";
    }

    private bool TryWriteElement(ReadOnlySpan<char> name)
    {
        // Names of SVG are compared as they are written; in lower case they might be HTML's.
        if (rules.Elements.Svg.TryGet(name, out var known) || rules.Elements.Html.TryGetLower(name, out known))
        {
            output.Append(known);
            return true;
        }

        var lower = Ascii.Lower(name);
        return !rules.Elements.Dropped.Contains(lower) && names.TryWriteElement(lower, rules.Elements, output);
    }

    private bool TryWriteAttribute(int start, int end)
    {
        start = tokens.SkipWhitespace(start, end);
        end = tokens.TrimEnd(start, end);
        if (start >= end || tokens[start].Type != CssTokenType.Ident || Attribute(tokens.Value(start)) is not { } attribute)
        {
            return false;
        }

        output.Append('[');
        output.Append(attribute);
        var equals = tokens.SkipWhitespace(start + 1, end);
        if (equals < end && (!tokens.IsDelim(equals, '=') || !TryWriteWord(attribute, equals + 1, end)))
        {
            return false;
        }

        output.Append(']');
        return true;
    }

    private bool TryWriteWord(string attribute, int start, int end)
    {
        start = tokens.SkipWhitespace(start, end);
        if (start >= end || tokens[start].Type is not (CssTokenType.Ident or CssTokenType.String)
            || !rules.Attributes.SelectorWords.TryGetValue(attribute, out var words))
        {
            return false;
        }

        var value = tokens.Value(start);
        if (!words.TryGet(value, out var word) && !words.TryGetLower(value, out word))
        {
            return false;
        }

        // The flag says how to compare letters. Words on the wire are in one case already.
        var flag = tokens.SkipWhitespace(start + 1, end);
        if (flag < end && (flag + 1 < end || tokens[flag].Type != CssTokenType.Ident || Ascii.Lower(tokens.Value(flag)) is not ("i" or "s")))
        {
            return false;
        }

        output.Append("=\"");
        output.Append(word);
        output.Append('"');
        return true;
    }

    private string? Attribute(ReadOnlySpan<char> name) =>
        rules.Attributes.Names.TryGet(name, out var known) || rules.Attributes.Names.TryGetLower(name, out known) ? known : null;
}
