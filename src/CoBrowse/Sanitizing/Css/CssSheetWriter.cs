namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>Writes rules; one that is dropped leaves the placeholder, so that the indexes of rules stay. Not thread-safe.</summary>
internal sealed class CssSheetWriter
{
    private readonly SanitizerRules _rules;
    private readonly CssTokens _tokens;
    private readonly CharBuffer _output;
    private readonly CssSelectorWriter _selectors;
    private readonly CssDeclarationWriter _declarations;
    private readonly CssAtRuleWriter _atRules;

    public CssSheetWriter(SanitizerRules rules, NameMode names, CssTokens tokens, CharBuffer output)
    {
        _rules = rules;
        _tokens = tokens;
        _output = output;
        var components = new CssComponentWriter(rules, names, tokens, output);
        _selectors = new CssSelectorWriter(rules, names, tokens, output);
        _declarations = new CssDeclarationWriter(rules, names, tokens, components, output);
        _atRules = new CssAtRuleWriter(rules, names, tokens, components, this, output);
    }

    public CssDeclarationWriter Declarations => _declarations;

    /// <summary>Writes the rules between two tokens and answers how many; <paramref name="top"/> is the outermost level of a sheet.</summary>
    public int WriteRules(int start, int end, int depth, bool top = false)
    {
        var count = 0;
        for (var i = start; i < end;)
        {
            var type = _tokens[i].Type;
            if (type == CssTokenType.Whitespace || (top && type is CssTokenType.Cdo or CssTokenType.Cdc))
            {
                i++;
                continue;
            }

            var before = _output.Length;
            i = type == CssTokenType.AtKeyword ? WriteAtRule(i, end, depth, inStyleRule: false) : WriteStyleRule(i, end, depth, nested: false);
            count += _output.Length > before ? 1 : 0;
        }

        return count;
    }

    /// <summary>Writes declarations and nested rules.</summary>
    public void WriteItems(int start, int end, int depth)
    {
        for (var i = start; i < end;)
        {
            if (_tokens[i].Type is CssTokenType.Whitespace or CssTokenType.Semicolon)
            {
                i++;
            }
            else if (_tokens[i].Type == CssTokenType.AtKeyword)
            {
                i = WriteAtRule(i, end, depth, inStyleRule: true);
            }
            else if (StartsRule(i, end))
            {
                i = WriteStyleRule(i, end, depth, nested: true);
            }
            else
            {
                var semicolon = _tokens.Find(i, end, CssTokenType.Semicolon, CssTokenType.Semicolon);
                _declarations.Write(i, semicolon);
                i = semicolon;
            }
        }
    }

    /// <summary>Writes declarations only; rules among them leave no trace.</summary>
    public void WriteDeclarations(int start, int end)
    {
        for (var i = start; i < end;)
        {
            if (_tokens[i].Type is CssTokenType.Whitespace or CssTokenType.Semicolon)
            {
                i++;
            }
            else if (_tokens[i].Type == CssTokenType.AtKeyword || StartsRule(i, end))
            {
                var behind = _tokens.Find(i, end, CssTokenType.OpenBrace, CssTokenType.Semicolon);
                i = behind < end ? _tokens.Next(behind, end) : end;
            }
            else
            {
                var semicolon = _tokens.Find(i, end, CssTokenType.Semicolon, CssTokenType.Semicolon);
                _declarations.Write(i, semicolon);
                i = semicolon;
            }
        }
    }

    private bool StartsRule(int index, int end)
    {
        var first = _tokens.Find(index, end, CssTokenType.OpenBrace, CssTokenType.Semicolon);
        return first < end && _tokens[first].Type == CssTokenType.OpenBrace && !_declarations.IsCustomProperty(index, end);
    }

    private int WriteStyleRule(int start, int end, int depth, bool nested)
    {
        var block = _tokens.Find(start, end, CssTokenType.OpenBrace, CssTokenType.OpenBrace);
        if (block >= end)
        {
            // A rule that never opens is none.
            return end;
        }

        var mark = _output.Length;
        var closes = Math.Min(_tokens[block].Match, end);
        if (depth < _rules.Limits.CssNesting && _selectors.TryWriteList(start, block, relative: nested, all: false, depth: 0))
        {
            _output.Append('{');
            WriteItems(block + 1, closes, depth + 1);
            _output.Append('}');
        }
        else
        {
            _output.Length = mark;
            _output.Append(_rules.Css.Placeholder);
        }

        return Math.Min(closes + 1, end);
    }

    private int WriteAtRule(int start, int end, int depth, bool inStyleRule)
    {
        var behind = _tokens.Find(start + 1, end, CssTokenType.OpenBrace, CssTokenType.Semicolon);
        var hasBlock = behind < end && _tokens[behind].Type == CssTokenType.OpenBrace;
        var mark = _output.Length;
        if (depth >= _rules.Limits.CssNesting || !_atRules.TryWrite(start, behind, hasBlock, end, depth, inStyleRule))
        {
            _output.Length = mark;
            if (!_tokens.Value(start).Equals("charset", StringComparison.OrdinalIgnoreCase))
            {
                _output.Append(_rules.Css.Placeholder);
            }
        }

        return behind < end ? _tokens.Next(behind, end) : end;
    }
}
