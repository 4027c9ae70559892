using System.Text.Json;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>Reads serialized nodes, refuses what the browser's half would not have made, and enters the rest in the tree. Not thread-safe.</summary>
internal sealed class NodeCheck(SanitizerRules rules, PageTree tree, AttributeCheck attributes, TextRule texts)
{
    private const int DocumentType = 0;
    private const int DocumentTypeType = 1;
    private const int ElementType = 2;
    private const int TextType = 3;
    private const int LongestName = 64;

    /// <summary>Reads the document of a keyframe, with all its nodes.</summary>
    public bool ReadDocument(ref JsonCursor json)
    {
        if (!json.Start(JsonTokenType.StartObject) || !json.Integer("type"u8, DocumentType, DocumentType, out _) || !json.Id("id"u8, out var id))
        {
            return false;
        }

        if (json.Is("compatMode"u8) && !json.Literal("compatMode"u8, "BackCompat"u8))
        {
            return false;
        }

        return Enter(ref json, id, 0, PageNode.Document, null) && ReadChildren(ref json, id) && json.End(JsonTokenType.EndObject);
    }

    /// <summary>Reads a node under a parent that is in the tree. With <paramref name="alone"/> it must hold nothing yet.</summary>
    public bool Read(ref JsonCursor json, int parentId, bool alone, out int id)
    {
        id = 0;
        if (!json.Start(JsonTokenType.StartObject) || !json.Integer("type"u8, DocumentTypeType, TextType, out var type) || !json.Id("id"u8, out id))
        {
            return false;
        }

        var parent = tree.Flags(parentId);
        if ((parent & (PageNode.Document | PageNode.Element)) == 0 || parent.HasFlag(PageNode.Empty)
            || (parent.HasFlag(PageNode.Document) && type == TextType) || (parent.HasFlag(PageNode.Element) && type == DocumentTypeType))
        {
            return json.Fail(RefusalReason.Node);
        }

        return type switch
        {
            DocumentTypeType => ReadDocumentType(ref json, id, parentId),
            ElementType => ReadElement(ref json, id, parentId, parent, alone),
            _ => ReadText(ref json, id, parentId, parent),
        };
    }

    /// <summary>Whether a text may be that of a node with these flags.</summary>
    public bool ReadText(ref JsonCursor json, ReadOnlySpan<byte> field, PageNode flags)
    {
        if (!json.Text(field, rules.Limits.TextUnits, RefusalReason.Text, out var text))
        {
            return false;
        }

        var shown = (flags & (PageNode.Shown | PageNode.Hidden)) == PageNode.Shown;
        return (shown ? texts.MayBeShown(text) : texts.IsMasked(text)) || json.Fail(RefusalReason.Text);
    }

    private bool ReadDocumentType(ref JsonCursor json, int id, int parentId) =>
        json.Literal("name"u8, "html"u8) && json.Literal("publicId"u8, ""u8) && json.Literal("systemId"u8, ""u8)
        && json.End(JsonTokenType.EndObject) && Enter(ref json, id, parentId, PageNode.DocumentType, null);

    private bool ReadText(ref JsonCursor json, int id, int parentId, PageNode parent)
    {
        if (!ReadShadow(ref json, parent, out var shadow))
        {
            return false;
        }

        var inherited = parent & PageNode.Inherited;
        return ReadText(ref json, "textContent"u8, inherited) && json.End(JsonTokenType.EndObject)
            && Enter(ref json, id, parentId, PageNode.Text | inherited | shadow, null);
    }

    private bool ReadElement(ref JsonCursor json, int id, int parentId, PageNode parent, bool alone)
    {
        if (!json.OptionalTrue("isSVG"u8, out var isSvg) || !json.OptionalTrue("isShadowHost"u8, out var isHost) || !ReadShadow(ref json, parent, out var shadow)
            || !json.Text("tagName"u8, LongestName, RefusalReason.Element, out var name))
        {
            return false;
        }

        var drawing = isSvg && name is "svg";
        if (Describe(name, isSvg) is not { } kind || (isHost && (isSvg || kind.Flags.HasFlag(PageNode.Empty))))
        {
            return json.Fail(RefusalReason.Element);
        }

        var flags = PageNode.Element | (parent & PageNode.Inherited) | kind.Flags | shadow | (isHost ? PageNode.ShadowHost : 0);
        if (!attributes.ReadAll(ref json, kind.Attributes, kind.Box, ref flags))
        {
            return false;
        }

        flags |= drawing && flags.HasFlag(PageNode.Veiled) ? PageNode.Empty : 0;
        if (!Enter(ref json, id, parentId, flags, kind.Attributes))
        {
            return false;
        }

        return (alone ? ReadNoChildren(ref json) : ReadChildren(ref json, id)) && json.End(JsonTokenType.EndObject);
    }

    private ElementKind? Describe(ReadOnlySpan<char> name, bool isSvg)
    {
        if (isSvg)
        {
            if (!rules.Elements.Svg.Contains(name))
            {
                return null;
            }

            return name is "style" ? new ElementKind(rules.Attributes.SvgStyle, PageNode.Style | PageNode.Empty) : new ElementKind(rules.Attributes.Svg, 0);
        }

        if (rules.Elements.Html.TryGet(name, out var known))
        {
            var flags = (known == "style" ? PageNode.Style : 0)
                | (rules.Elements.Empty.Contains(known) ? PageNode.Empty : 0)
                | (rules.Elements.Secret.Contains(known) ? PageNode.Hidden : 0);
            return new ElementKind(rules.Attributes.Html(known!), flags);
        }

        if (rules.Elements.BoxElements.TryGet(name, out var box))
        {
            return new ElementKind(rules.Attributes.Box, PageNode.Empty, rules.Elements.Boxes[box![NameMode.CustomPrefix.Length..]]);
        }

        return NameMode.IsCustomElement(name) ? new ElementKind(rules.Attributes.Custom, 0) : null;
    }

    private static bool ReadShadow(ref JsonCursor json, PageNode parent, out PageNode shadow)
    {
        var read = json.OptionalTrue("isShadow"u8, out var isShadow);
        shadow = isShadow ? PageNode.Shadow : 0;
        return read && (!isShadow || parent.HasFlag(PageNode.ShadowHost) || json.Fail(RefusalReason.Node));
    }

    private bool ReadChildren(ref JsonCursor json, int id)
    {
        if (!json.Array("childNodes"u8))
        {
            return false;
        }

        while (!json.TryEnd(JsonTokenType.EndArray))
        {
            if (!Read(ref json, id, alone: false, out _))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ReadNoChildren(ref JsonCursor json) =>
        json.Array("childNodes"u8) && (json.TryEnd(JsonTokenType.EndArray) || json.Fail(RefusalReason.Node));

    private bool Enter(ref JsonCursor json, int id, int parentId, PageNode flags, AttributeSet? set) =>
        tree.Add(id, parentId, flags, set) is not { } reason || json.Fail(reason);

    private readonly record struct ElementKind(AttributeSet Attributes, PageNode Flags, string? Box = null);
}
