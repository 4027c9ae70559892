namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>What the server knows of a node: enough to judge what comes for it later, and none of its content.</summary>
[Flags]
internal enum PageNode
{
    None = 0,
    Document = 1,
    DocumentType = 2,
    Element = 4,
    Text = 8,

    /// <summary>Inside a region that the site shows.</summary>
    Shown = 16,

    /// <summary>Inside something whose texts are never shown, whatever the region says.</summary>
    Hidden = 32,

    /// <summary>May hold nothing.</summary>
    Empty = 64,
    Style = 128,
    Shadow = 256,
    ShadowHost = 512,

    /// <summary>Inside a region that the site hides: there drawings hold nothing either.</summary>
    Veiled = 1024,

    /// <summary>What a node has of the one around it.</summary>
    Inherited = Shown | Hidden | Veiled,
}
