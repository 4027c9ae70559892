namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>Writes lists of selectors; one that is not allowed goes from its list. Not thread-safe.</summary>
internal sealed class CssSelectorWriter(SanitizerRules rules, NameMode names, CssTokens tokens, CharBuffer output)
{
    private readonly CssSimpleSelectorWriter _simple = new(rules, names, tokens, output);

    /// <summary>Writes what may stay of a list; false when that is nothing, or (with <paramref name="all"/>) not all of it.</summary>
    public bool TryWriteList(int start, int end, bool relative, bool all, int depth)
    {
        var mark = output.Length;
        while (true)
        {
            var comma = tokens.Find(start, end, CssTokenType.Comma, CssTokenType.Comma);
            var before = output.Length;
            if (before > mark)
            {
                output.Append(',');
            }

            if (!TryWriteComplex(start, comma, relative, depth))
            {
                output.Length = before;
                if (all)
                {
                    return false;
                }
            }

            if (comma >= end)
            {
                return output.Length > mark;
            }

            start = comma + 1;
        }
    }

    private bool TryWriteComplex(int start, int end, bool relative, int depth)
    {
        var i = tokens.SkipWhitespace(start, end);
        end = tokens.TrimEnd(i, end);
        if (relative && i < end && IsCombinator(i))
        {
            output.Append(tokens.Delim(i));
            i = tokens.SkipWhitespace(i + 1, end);
        }

        while (true)
        {
            if (!TryWriteCompound(ref i, end, depth))
            {
                return false;
            }

            if (i >= end)
            {
                return true;
            }

            var next = tokens.SkipWhitespace(i, end);
            if (IsCombinator(next))
            {
                output.Append(tokens.Delim(next));
                next = tokens.SkipWhitespace(next + 1, end);
            }
            else if (next > i)
            {
                output.Append(' ');
            }
            else
            {
                return false;
            }

            i = next;
        }
    }

    private bool TryWriteCompound(ref int i, int end, int depth)
    {
        var before = i;
        if (!_simple.TryWriteType(ref i, end))
        {
            return false;
        }

        while (i < end && IsSimple(i))
        {
            var written = tokens[i].Type == CssTokenType.Colon ? TryWritePseudo(ref i, end, depth) : _simple.TryWrite(ref i, end);
            if (!written)
            {
                return false;
            }
        }

        return i > before;
    }

    private bool TryWritePseudo(ref int i, int end, int depth)
    {
        var isElement = i + 1 < end && tokens[i + 1].Type == CssTokenType.Colon;
        i += isElement ? 2 : 1;
        if (i >= end || depth >= rules.Limits.CssNesting)
        {
            return false;
        }

        var name = i;
        i = tokens.Next(i, end);
        if (tokens[name].Type != CssTokenType.Function)
        {
            return tokens[name].Type == CssTokenType.Ident && _simple.TryWritePseudo(tokens.Value(name), isElement);
        }

        var closes = Math.Min(tokens[name].Match, end);
        return isElement ? TryWriteElementFunction(name, closes, depth) : TryWriteClassFunction(name, closes, depth);
    }

    private bool TryWriteElementFunction(int function, int closes, int depth)
    {
        var name = Ascii.Lower(tokens.Value(function));
        var known = name is "slotted" or "part";
        if (!known)
        {
            return false;
        }

        Open("::", name);
        return Close(name == "part" ? _simple.TryWriteNames(function + 1, closes) : TryWriteSingle(function + 1, closes, depth + 1));
    }

    private bool TryWriteClassFunction(int function, int closes, int depth)
    {
        var name = Ascii.Lower(tokens.Value(function));
        Open(":", name);
        if (rules.Css.SelectorFunctions.Contains(name))
        {
            return Close(TryWriteList(function + 1, closes, relative: name == "has", all: true, depth + 1));
        }

        if (rules.Css.CompoundFunctions.Contains(name))
        {
            return Close(TryWriteSingle(function + 1, closes, depth + 1));
        }

        return Close(name == "dir"
            ? _simple.TryWriteDirection(function + 1, closes)
            : rules.Css.NthFunctions.Contains(name) && CssNth.TryWrite(tokens, function + 1, closes, output));
    }

    private bool TryWriteSingle(int start, int end, int depth)
    {
        start = tokens.SkipWhitespace(start, end);
        end = tokens.TrimEnd(start, end);
        return TryWriteCompound(ref start, end, depth) && start == end;
    }

    private bool IsCombinator(int index) => tokens.Delim(index) is '>' or '+' or '~';

    private bool IsSimple(int index) =>
        tokens[index].Type is CssTokenType.Hash or CssTokenType.OpenSquare or CssTokenType.Colon || tokens.Delim(index) == '.';

    private void Open(string colons, string name)
    {
        output.Append(colons);
        output.Append(name);
        output.Append('(');
    }

    private bool Close(bool written)
    {
        output.Append(')');
        return written;
    }
}
