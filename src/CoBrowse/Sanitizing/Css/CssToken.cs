namespace CoPilot.CoBrowse.Sanitizing.Css;

internal enum CssTokenType
{
    Whitespace,
    Ident,
    Function,
    AtKeyword,
    Hash,
    String,
    BadString,
    Url,
    BadUrl,
    Delim,
    Number,
    Percentage,
    Dimension,
    Cdo,
    Cdc,
    Colon,
    Semicolon,
    Comma,
    OpenSquare,
    CloseSquare,
    OpenParen,
    CloseParen,
    OpenBrace,
    CloseBrace,
}

/// <summary>A token of CSS Syntax Level 3 as a slice of its source, so that reading a large sheet allocates nothing for it.</summary>
internal struct CssToken
{
    public CssTokenType Type;
    public int Start;
    public int End;

    /// <summary>Where the name, unit or string inside the token lies; the number's own text is what stands before it.</summary>
    public int ValueStart;
    public int ValueEnd;

    /// <summary>The name, unit or string when escapes make it differ from its source.</summary>
    public string? Decoded;

    /// <summary>Of what opens a block: the token that closes it, or the number of tokens when the end does.</summary>
    public int Match;

    public readonly bool Opens => Type is CssTokenType.Function or CssTokenType.OpenParen or CssTokenType.OpenSquare or CssTokenType.OpenBrace;
}
