namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>
/// Writes CSS anew from its tokens, in the one canonical form of docs/cobrowse-frames.md and with nothing outside the closed
/// lists. With checked names what it writes is what it read exactly when that was canonical. With names that are made it is the
/// reference for the browser's half: the server checks, and tests alone make. Not thread-safe; dispose it.
/// </summary>
internal sealed class CssSanitizer : IDisposable
{
    private readonly CssTokens _tokens = new();
    private readonly CharBuffer _output = new();
    private readonly CssSheetWriter _sheet;

    public CssSanitizer(SanitizerRules rules, NameMode names) => _sheet = new CssSheetWriter(rules, names, _tokens, _output);

    /// <summary>How many elements its buffers have room for.</summary>
    public int Capacity => _tokens.Capacity + _output.Capacity;

    public string Sheet(string css)
    {
        WriteSheet(CssTokenizer.Preprocess(css));
        return _output.ToString();
    }

    public string Declarations(string css)
    {
        WriteDeclarations(CssTokenizer.Preprocess(css));
        return _output.ToString();
    }

    /// <summary>The value of a property, or null when it is dropped. Properties are asked for in lower case.</summary>
    public string? Value(string property, string css) => TryWriteValue(property, CssTokenizer.Preprocess(css)) ? _output.ToString() : null;

    public bool IsCanonicalSheet(ReadOnlySpan<char> css)
    {
        if (!IsPlain(css))
        {
            return false;
        }

        WriteSheet(css);
        return Same(css);
    }

    /// <summary>Whether the text is exactly one rule in its canonical form.</summary>
    public bool IsCanonicalRule(ReadOnlySpan<char> css) => IsPlain(css) && WriteSheet(css) == 1 && Same(css);

    public bool IsCanonicalDeclarations(ReadOnlySpan<char> css)
    {
        if (!IsPlain(css))
        {
            return false;
        }

        WriteDeclarations(css);
        return Same(css);
    }

    public bool IsCanonicalValue(string property, ReadOnlySpan<char> css) => IsPlain(css) && TryWriteValue(property, css) && Same(css);

    /// <summary>Whether a property may be named on the wire in this form.</summary>
    public bool IsCanonicalProperty(ReadOnlySpan<char> property)
    {
        _output.Length = 0;
        return IsPlain(property) && _sheet.Declarations.TryWriteProperty(property, out _) && Same(property);
    }

    /// <summary>Gives buffers of more than so many elements back.</summary>
    public void Trim(int most)
    {
        _tokens.Trim(most);
        _output.Trim(most);
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _output.Dispose();
    }

    /// <summary>Canonical text has no escapes and nothing but printable ASCII: refusing the rest first keeps every name a slice.</summary>
    private static bool IsPlain(ReadOnlySpan<char> css) => !css.ContainsAnyExceptInRange(' ', '~') && !css.Contains('\\');

    private bool Same(ReadOnlySpan<char> css) => _output.Written.SequenceEqual(css);

    private int WriteSheet(ReadOnlySpan<char> css)
    {
        Read(css);
        return _sheet.WriteRules(0, _tokens.Count, depth: 0, top: true);
    }

    private void WriteDeclarations(ReadOnlySpan<char> css)
    {
        Read(css);
        _sheet.WriteDeclarations(0, _tokens.Count);
    }

    private bool TryWriteValue(string property, ReadOnlySpan<char> css)
    {
        Read(css);
        return _sheet.Declarations.TryWriteValue(property, 0, _tokens.Count);
    }

    private void Read(ReadOnlySpan<char> css)
    {
        _output.Length = 0;
        _tokens.Read(css);
    }
}
