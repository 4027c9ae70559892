namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>Where component values stand: it decides which words and delimiters they may have.</summary>
internal enum CssPlace
{
    Value,
    Media,
    Supports,
    Container,
}

/// <summary>
/// Writes values and preludes canonically: one space between two tokens, none around what holds them apart anyway.
/// Answers false when anything in them is not allowed; the caller cuts off what was written. Not thread-safe.
/// </summary>
internal sealed class CssComponentWriter(SanitizerRules rules, NameMode names, CssTokens tokens, CharBuffer output)
{
    private readonly CssRules _css = rules.Css;

    public bool TryWrite(int start, int end, CssPlace place = CssPlace.Value, int depth = 0)
    {
        var tight = true;
        for (var i = start; i < end; i = tokens.Next(i, end))
        {
            if (tokens[i].Type == CssTokenType.Whitespace)
            {
                continue;
            }

            var glue = IsGlue(i);
            if (!tight && !glue)
            {
                output.Append(' ');
            }

            if (tokens[i].Opens ? !TryWriteBlock(i, end, place, depth) : !TryWriteToken(i, place))
            {
                return false;
            }

            tight = glue;
        }

        return true;
    }

    /// <summary>A keyword as it is, anything else as a hashed name.</summary>
    public bool TryWriteIdent(ReadOnlySpan<char> ident)
    {
        if (_css.Keywords.TryGetLower(ident, out var keyword))
        {
            output.Append(keyword);
            return true;
        }

        return ident.StartsWith(NameMode.DashedPrefix) ? names.TryWriteDashed(ident, output) : names.TryWriteName(ident, output);
    }

    private bool IsGlue(int index) => tokens[index].Type is CssTokenType.Comma or CssTokenType.Colon || tokens.Delim(index) is '<' or '>' or '=';

    private bool TryWriteBlock(int index, int end, CssPlace place, int depth)
    {
        if (depth >= rules.Limits.CssNesting)
        {
            return false;
        }

        var (open, close) = tokens[index].Type == CssTokenType.OpenSquare ? ('[', ']') : ('(', ')');
        switch (tokens[index].Type)
        {
            case CssTokenType.Function:
                var functions = place == CssPlace.Container ? _css.ContainerFunctions : _css.Functions;
                if (!functions.TryGetLower(tokens.Value(index), out var function))
                {
                    return false;
                }

                output.Append(function);
                break;
            case CssTokenType.OpenBrace:
                return false;
        }

        output.Append(open);
        if (!TryWrite(index + 1, Math.Min(tokens[index].Match, end), place, depth + 1))
        {
            return false;
        }

        output.Append(close);
        return true;
    }

    private bool TryWriteToken(int index, CssPlace place)
    {
        switch (tokens[index].Type)
        {
            case CssTokenType.Ident:
                return TryWriteIdent(tokens.Value(index), place);
            case CssTokenType.Number:
                return CssNumber.TryWrite(tokens.NumberText(index), output);
            case CssTokenType.Percentage:
                return CssNumber.TryWrite(tokens.NumberText(index), output) && Write("%");
            case CssTokenType.Dimension:
                return CssNumber.TryWrite(tokens.NumberText(index), output) && _css.Units.TryGetLower(tokens.Value(index), out var unit) && Write(unit);
            case CssTokenType.Hash:
                return TryWriteColour(tokens.Value(index));
            case CssTokenType.String:
                return Write("\"\"");
            case CssTokenType.Comma:
                return Write(",");
            case CssTokenType.Colon:
                return place != CssPlace.Value && Write(":");
            case CssTokenType.Delim:
                return IsAllowed(tokens.Delim(index), place) && Write(tokens.Text(index));
            default:
                return false;
        }
    }

    // "</" ends an element of HTML; no prelude that means anything has it.
    private bool IsAllowed(char delim, CssPlace place) => delim switch
    {
        '+' or '-' or '*' => true,
        '/' => output.Written is not [.., '<'],
        '<' or '>' or '=' => place != CssPlace.Value,
        _ => false,
    };

    private bool TryWriteIdent(ReadOnlySpan<char> ident, CssPlace place)
    {
        var own = place switch
        {
            CssPlace.Media => _css.MediaWords,
            CssPlace.Supports => _css.SupportsWords,
            CssPlace.Container => _css.ContainerWords,
            _ => null,
        };
        if (own is not null && own.TryGetLower(ident, out var word))
        {
            return Write(word);
        }

        return place != CssPlace.Media && TryWriteIdent(ident);
    }

    private bool TryWriteColour(ReadOnlySpan<char> digits)
    {
        if (digits.Length is not (3 or 4 or 6 or 8))
        {
            return false;
        }

        output.Append('#');
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }

            output.Append(char.ToLowerInvariant(digit));
        }

        return true;
    }

    private bool Write(ReadOnlySpan<char> text)
    {
        output.Append(text);
        return true;
    }
}
