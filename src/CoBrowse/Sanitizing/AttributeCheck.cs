using System.Text.Json;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>Reads the attributes of elements and refuses what is not canonical or tells what may not be told. Not thread-safe.</summary>
internal sealed class AttributeCheck(SanitizerRules rules, AttributeValues values, TextRule texts)
{
    private const int LongestName = 64;
    private const string Show = "data-copilot-show";
    private const string Hide = "data-copilot-hide";
    private const string Editable = "contenteditable";
    private const string Box = "data-copilot-box";

    private int _cssUnits;

    /// <summary>Begins a frame: its CSS is counted together.</summary>
    public void Begin() => _cssUnits = 0;

    /// <summary>Counts CSS that is not in an attribute; false when the frame has too much of it.</summary>
    public bool Count(ref JsonCursor json, int cssUnits)
    {
        _cssUnits += cssUnits;
        return _cssUnits <= rules.Limits.CssUnits || json.Fail(RefusalReason.CssLength);
    }

    /// <summary>Reads the attributes of a new element and adds what they say of its region to its flags.</summary>
    /// <param name="box">What <c>data-copilot-box</c> must say of an element that is a box by its name.</param>
    public bool ReadAll(ref JsonCursor json, AttributeSet set, string? box, ref PageNode flags)
    {
        // Names ascend, so texts can come before what says whether they may be shown.
        var showsText = false;
        var boxSeen = false;
        var count = 0;
        var read = json.Object("attributes"u8);
        for (AttributeRule? rule = null; read && !json.TryEnd(JsonTokenType.EndObject);)
        {
            read = ++count <= rules.Limits.Attributes && ReadName(ref json, set, ref rule) && ReadValue(ref json, rule!, ref showsText, out var value)
                && (rule!.Name != Box || box is null || value.SequenceEqual(box) || json.Fail(RefusalReason.Attribute));
            boxSeen |= rule?.Name == Box;
            flags |= rule?.Name switch
            {
                Show => PageNode.Shown,
                Hide => PageNode.Hidden | PageNode.Veiled,
                Editable => PageNode.Hidden,
                Box => PageNode.Empty,
                _ => 0,
            };
        }

        if (!read || (box is not null && !boxSeen))
        {
            return json.Fail(RefusalReason.Attribute);
        }

        return !showsText || (flags & (PageNode.Shown | PageNode.Hidden)) == PageNode.Shown || json.Fail(RefusalReason.Text);
    }

    /// <summary>Reads changes of an element's attributes; <c>null</c> takes one away.</summary>
    public bool ReadChanges(ref JsonCursor json, AttributeSet set, PageNode flags)
    {
        var showsText = false;
        var count = 0;
        var read = json.Object("attributes"u8);
        for (AttributeRule? rule = null; read && !json.TryEnd(JsonTokenType.EndObject);)
        {
            read = ++count <= rules.Limits.Attributes && ReadName(ref json, set, ref rule) && (!rule!.Fixed || json.Fail(RefusalReason.Attribute))
                && (json.IsNull ? json.Skip() : ReadValue(ref json, rule, ref showsText, out _));
        }

        return (read || json.Fail(RefusalReason.Attribute)) && (!showsText || (flags & (PageNode.Shown | PageNode.Hidden)) == PageNode.Shown || json.Fail(RefusalReason.Text));
    }

    private static bool ReadName(ref JsonCursor json, AttributeSet set, ref AttributeRule? rule)
    {
        if (!json.Text(LongestName, RefusalReason.Attribute, out var name))
        {
            return false;
        }

        var before = rule;
        rule = set.Find(name);
        return (rule is not null && string.CompareOrdinal(before?.Name, rule.Name) < 0) || json.Fail(RefusalReason.Attribute);
    }

    private bool ReadValue(ref JsonCursor json, AttributeRule rule, ref bool showsText, out ReadOnlySpan<char> value)
    {
        if (!json.Text(values.Longest(rule.Kind), RefusalReason.AttributeLength, out value))
        {
            return false;
        }

        switch (rule.Kind)
        {
            case AttributeKind.Text:
                showsText |= !texts.IsMasked(value);
                return texts.MayBeShown(value) || json.Fail(RefusalReason.Text);
            case AttributeKind.Style or AttributeKind.Css or AttributeKind.Value:
                return Count(ref json, value.Length) && (values.IsCanonical(rule, value) || json.Fail(RefusalReason.Css));
            default:
                return values.IsCanonical(rule, value) || json.Fail(RefusalReason.Attribute);
        }
    }
}
