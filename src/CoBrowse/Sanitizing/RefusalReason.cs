namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>Why frames are refused: the closed set of words of <c>rules.json</c>. They are for logs and measures, never with content.</summary>
internal static class RefusalReason
{
    public const string Part = "part";
    public const string TooLarge = "too_large";
    public const string Inflate = "inflate";
    public const string InflatedTooLarge = "inflated_too_large";
    public const string Ratio = "ratio";
    public const string Json = "json";
    public const string TooDeep = "too_deep";
    public const string TooManyNodes = "too_many_nodes";
    public const string TooManyEvents = "too_many_events";
    public const string Keyframe = "keyframe";
    public const string Event = "event";
    public const string Field = "field";
    public const string Id = "id";
    public const string Node = "node";
    public const string Element = "element";
    public const string Attribute = "attribute";
    public const string AttributeLength = "attribute_length";
    public const string Text = "text";
    public const string Css = "css";
    public const string CssLength = "css_length";
}
