namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>Writes rules that begin with a name. Not thread-safe.</summary>
internal sealed class CssAtRuleWriter(
    SanitizerRules rules, NameMode names, CssTokens tokens, CssComponentWriter components, CssSheetWriter sheet, CharBuffer output)
{
    /// <param name="behind">The token behind the prelude: the block's brace, a semicolon, or the end.</param>
    /// <param name="inStyleRule">Whether its block holds declarations as well as rules.</param>
    public bool TryWrite(int start, int behind, bool hasBlock, int end, int depth, bool inStyleRule)
    {
        var name = Ascii.Lower(tokens.Value(start));
        var prelude = tokens.SkipWhitespace(start + 1, behind);
        var preludeEnd = tokens.TrimEnd(prelude, behind);
        var closes = hasBlock ? Math.Min(tokens[behind].Match, end) : behind;
        if (rules.Css.KeyframesRules.Contains(name))
        {
            return hasBlock && TryWriteKeyframes(prelude, preludeEnd, behind + 1, closes);
        }

        if (name == "property")
        {
            return hasBlock && TryWriteProperty(prelude, preludeEnd, behind + 1, closes);
        }

        if (!TryWritePrelude(name, prelude, preludeEnd, hasBlock))
        {
            return false;
        }

        if (!hasBlock)
        {
            output.Append(';');
            return true;
        }

        output.Append('{');
        if (inStyleRule)
        {
            sheet.WriteItems(behind + 1, closes, depth + 1);
        }
        else
        {
            sheet.WriteRules(behind + 1, closes, depth + 1);
        }

        output.Append('}');
        return true;
    }

    private bool TryWritePrelude(string name, int start, int end, bool hasBlock)
    {
        output.Append('@');
        output.Append(name);
        if (start < end)
        {
            output.Append(' ');
        }

        if (name == "layer")
        {
            return (hasBlock || start < end) && (start == end || TryWriteLayers(start, end, single: hasBlock));
        }

        if (rules.Css.GroupingRules.Contains(name))
        {
            return hasBlock && start == end;
        }

        if (!hasBlock || !rules.Css.ConditionalRules.Contains(name) || (start == end && name != "media"))
        {
            return false;
        }

        var place = name switch { "media" => CssPlace.Media, "supports" => CssPlace.Supports, _ => CssPlace.Container };
        return components.TryWrite(start, end, place);
    }

    private bool TryWriteLayers(int start, int end, bool single)
    {
        var wantsName = true;
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Type == CssTokenType.Whitespace)
            {
                continue;
            }

            var isComma = tokens[i].Type == CssTokenType.Comma;
            if (wantsName)
            {
                if (tokens[i].Type != CssTokenType.Ident || !components.TryWriteIdent(tokens.Value(i)))
                {
                    return false;
                }
            }
            else if ((isComma && !single) || tokens.IsDelim(i, '.'))
            {
                output.Append(isComma ? ',' : '.');
            }
            else
            {
                return false;
            }

            wantsName = !wantsName;
        }

        return !wantsName;
    }

    private bool TryWriteKeyframes(int start, int end, int block, int closes)
    {
        output.Append("@keyframes ");
        if (end - start != 1 || tokens[start].Type is not (CssTokenType.Ident or CssTokenType.String) || !components.TryWriteIdent(tokens.Value(start)))
        {
            return false;
        }

        output.Append('{');
        for (var i = tokens.SkipWhitespace(block, closes); i < closes; i = tokens.SkipWhitespace(i, closes))
        {
            var opens = tokens.Find(i, closes, CssTokenType.OpenBrace, CssTokenType.OpenBrace);
            if (opens >= closes)
            {
                break;
            }

            var mark = output.Length;
            if (TryWriteMoments(i, opens))
            {
                output.Append('{');
                sheet.WriteDeclarations(opens + 1, Math.Min(tokens[opens].Match, closes));
                output.Append('}');
            }
            else
            {
                output.Length = mark;
            }

            i = tokens.Next(opens, closes);
        }

        output.Append('}');
        return true;
    }

    private bool TryWriteMoments(int start, int end)
    {
        var wantsMoment = true;
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Type == CssTokenType.Whitespace)
            {
                continue;
            }

            var written = wantsMoment ? TryWriteMoment(i) : tokens[i].Type == CssTokenType.Comma && components.TryWrite(i, i + 1);
            if (!written)
            {
                return false;
            }

            wantsMoment = !wantsMoment;
        }

        return !wantsMoment;
    }

    private bool TryWriteMoment(int index)
    {
        var moment = tokens[index].Type switch
        {
            CssTokenType.Ident when tokens.Value(index).Equals("from", StringComparison.OrdinalIgnoreCase) => "0%",
            CssTokenType.Ident when tokens.Value(index).Equals("to", StringComparison.OrdinalIgnoreCase) => "100%",
            _ => null,
        };
        output.Append(moment);
        return moment is not null || (tokens[index].Type == CssTokenType.Percentage && components.TryWrite(index, index + 1));
    }

    private bool TryWriteProperty(int start, int end, int block, int closes)
    {
        output.Append("@property ");
        if (end - start != 1 || tokens[start].Type != CssTokenType.Ident || !tokens.Value(start).StartsWith(NameMode.DashedPrefix)
            || !names.TryWriteDashed(tokens.Value(start), output))
        {
            return false;
        }

        var syntax = Descriptor("syntax", block, closes);
        var inherits = Descriptor("inherits", block, closes);
        if (syntax.End - syntax.Start != 1 || tokens[syntax.Start].Type != CssTokenType.String
            || !rules.Css.PropertySyntaxes.TryGet(tokens.Value(syntax.Start), out var known)
            || inherits.End - inherits.Start != 1 || tokens[inherits.Start].Type != CssTokenType.Ident)
        {
            return false;
        }

        var inherited = Ascii.Lower(tokens.Value(inherits.Start));
        if (inherited is not ("true" or "false"))
        {
            return false;
        }

        output.Append($"{{syntax:\"{known}\";inherits:{inherited};");
        var initial = Descriptor("initial-value", block, closes);
        if (initial.Start < initial.End)
        {
            output.Append("initial-value:");
            if (!components.TryWrite(initial.Start, initial.End))
            {
                return false;
            }

            output.Append(';');
        }

        output.Append('}');
        return true;
    }

    /// <summary>Where the last value of a descriptor lies, without white space around it.</summary>
    private (int Start, int End) Descriptor(string name, int start, int end)
    {
        var found = (0, 0);
        for (var i = tokens.SkipWhitespace(start, end); i < end; i = tokens.SkipWhitespace(i + 1, end))
        {
            var semicolon = tokens.Find(i, end, CssTokenType.Semicolon, CssTokenType.Semicolon);
            var colon = i < semicolon ? tokens.SkipWhitespace(i + 1, semicolon) : semicolon;
            if (colon < semicolon && tokens[colon].Type == CssTokenType.Colon && tokens[i].Type == CssTokenType.Ident
                && tokens.Value(i).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                var value = tokens.SkipWhitespace(colon + 1, semicolon);
                found = (value, tokens.TrimEnd(value, semicolon));
            }

            i = semicolon;
        }

        return found;
    }
}
