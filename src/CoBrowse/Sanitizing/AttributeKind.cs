namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>What the value of an attribute must look like.</summary>
internal enum AttributeKind
{
    Flag,
    Name,
    Names,
    Text,
    Style,
    Css,
    Value,
    Word,
    Integer,
    Length,
    Px,
    Scroll,
    Numbers,
    Path,
    Fragment,
    Language,
}
