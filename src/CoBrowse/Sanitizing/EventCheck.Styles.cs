using System.Text.Json;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>Changes of style sheets.</summary>
internal sealed partial class EventCheck
{
    private const int LongestProperty = 64;

    private bool ReadStyleSheetRule(ref JsonCursor json)
    {
        if (!ReadSheet(ref json))
        {
            return false;
        }

        if (json.Is("removes"u8))
        {
            if (!json.Array("removes"u8))
            {
                return false;
            }

            while (!json.TryEnd(JsonTokenType.EndArray))
            {
                if (!json.Start(JsonTokenType.StartObject) || !ReadIndex(ref json, mayBeNumber: true) || !json.End(JsonTokenType.EndObject))
                {
                    return false;
                }
            }
        }

        return !json.Is("adds"u8) || ReadRules(ref json, "adds"u8);
    }

    private bool ReadStyleDeclaration(ref JsonCursor json)
    {
        if (!ReadSheet(ref json) || !ReadIndex(ref json, mayBeNumber: false))
        {
            return false;
        }

        if (json.Is("remove"u8))
        {
            return json.Object("remove"u8) && ReadProperty(ref json, out _) && json.End(JsonTokenType.EndObject);
        }

        if (!json.Object("set"u8) || !ReadProperty(ref json, out var property)
            || !json.Text("value"u8, _limits.StyleUnits, RefusalReason.CssLength, out var value))
        {
            return false;
        }

        var canonical = _attributes.Count(ref json, value.Length) && (_css.IsCanonicalValue(property, value) || json.Fail(RefusalReason.Css));
        return canonical && json.Text("priority"u8, LongestProperty, RefusalReason.Css, out var priority)
            && (priority is "" or "important" || json.Fail(RefusalReason.Css)) && json.End(JsonTokenType.EndObject);
    }

    private bool ReadAdoptedStyleSheet(ref JsonCursor json)
    {
        if (!ReadKnown(ref json, "id"u8, PageNode.Document | PageNode.ShadowHost, out _) || !json.Array("styleIds"u8))
        {
            return false;
        }

        for (var count = 1; !json.TryEnd(JsonTokenType.EndArray); count++)
        {
            if (!json.Integer(1, int.MaxValue, out var styleId) || !Adopt(ref json, styleId, count))
            {
                return false;
            }
        }

        if (!json.Is("styles"u8))
        {
            return true;
        }

        var read = json.Array("styles"u8);
        while (read && !json.TryEnd(JsonTokenType.EndArray))
        {
            read = json.Start(JsonTokenType.StartObject) && ReadAdopted(ref json) && ReadRules(ref json, "rules"u8) && json.End(JsonTokenType.EndObject);
        }

        return read;
    }

    private bool Adopt(ref JsonCursor json, int styleId, int count)
    {
        _adoptedSheets.Add(styleId);
        return (count <= _limits.AdoptedSheets && _adoptedSheets.Count <= _limits.Nodes) || json.Fail(RefusalReason.Css);
    }

    /// <summary>Reads whose sheet it is: that of an element, or an adopted one.</summary>
    private bool ReadSheet(ref JsonCursor json) => json.Is("id"u8) ? ReadKnown(ref json, "id"u8, PageNode.Style, out _) : ReadAdopted(ref json);

    private bool ReadAdopted(ref JsonCursor json) =>
        json.Id("styleId"u8, out var styleId) && (_adoptedSheets.Contains(styleId) || json.Fail(RefusalReason.Id));

    private bool ReadRules(ref JsonCursor json, ReadOnlySpan<byte> name)
    {
        var read = json.Array(name);
        while (read && !json.TryEnd(JsonTokenType.EndArray))
        {
            read = json.Start(JsonTokenType.StartObject) && json.Text("rule"u8, _limits.CssUnits, RefusalReason.CssLength, out var rule)
                && _attributes.Count(ref json, rule.Length) && (_css.IsCanonicalRule(rule) || json.Fail(RefusalReason.Css))
                && ReadIndex(ref json, mayBeNumber: true) && json.End(JsonTokenType.EndObject);
        }

        return read;
    }

    private bool ReadProperty(ref JsonCursor json, out string property)
    {
        property = "";
        if (!json.Text("property"u8, LongestProperty, RefusalReason.Css, out var name))
        {
            return false;
        }

        property = name.ToString();
        return _css.IsCanonicalProperty(name) || json.Fail(RefusalReason.Css);
    }

    private bool ReadIndex(ref JsonCursor json, bool mayBeNumber)
    {
        if (!json.Field("index"u8))
        {
            return false;
        }

        if (mayBeNumber && json.IsNumber)
        {
            return json.Integer(0, _limits.Coordinate, out _);
        }

        var read = json.Start(JsonTokenType.StartArray);
        var count = 0;
        while (read && !json.TryEnd(JsonTokenType.EndArray))
        {
            read = json.Integer(0, _limits.Coordinate, out _) && (++count <= _limits.RuleIndexes || json.Fail(RefusalReason.Css));
        }

        return read && (count > 0 || json.Fail(RefusalReason.Field));
    }
}
