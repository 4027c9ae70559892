using System.Text.Json;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>
/// Mutations. Their fields stand as they are applied, so that each is judged by the tree as it is then: what is removed first, what is
/// added next, then changes.
/// </summary>
internal sealed partial class EventCheck
{
    private bool ReadMutation(ref JsonCursor json) =>
        json.Array("removes"u8) && ReadRemoves(ref json)
        && json.Array("adds"u8) && ReadAdds(ref json)
        && json.Array("texts"u8) && ReadTexts(ref json)
        && json.Array("attributes"u8) && ReadAttributes(ref json);

    private bool ReadRemoves(ref JsonCursor json)
    {
        while (!json.TryEnd(JsonTokenType.EndArray))
        {
            if (!json.Start(JsonTokenType.StartObject) || !json.Id("parentId"u8, out var parentId)
                || !ReadKnown(ref json, "id"u8, PageNode.Element | PageNode.Text | PageNode.DocumentType, out var id)
                || !json.OptionalTrue("isShadow"u8, out var isShadow) || !json.End(JsonTokenType.EndObject))
            {
                return false;
            }

            if (_tree.Parent(id) != parentId || _tree.Flags(id).HasFlag(PageNode.Shadow) != isShadow)
            {
                return json.Fail(RefusalReason.Id);
            }

            _tree.Remove(id);
        }

        return true;
    }

    private bool ReadAdds(ref JsonCursor json)
    {
        while (!json.TryEnd(JsonTokenType.EndArray))
        {
            if (!json.Start(JsonTokenType.StartObject)
                || !ReadKnown(ref json, "parentId"u8, PageNode.Document | PageNode.Element, out var parentId)
                || !ReadNext(ref json, out var nextId)
                || !json.Field("node"u8) || !_nodes.Read(ref json, parentId, alone: true, out var id) || !json.End(JsonTokenType.EndObject))
            {
                return false;
            }

            var shadow = _tree.Flags(id).HasFlag(PageNode.Shadow);
            if (nextId == id || (nextId > 0 && (_tree.Parent(nextId) != parentId || _tree.Flags(nextId).HasFlag(PageNode.Shadow) != shadow)))
            {
                return json.Fail(RefusalReason.Id);
            }
        }

        return true;
    }

    private static bool ReadNext(ref JsonCursor json, out int nextId)
    {
        nextId = 0;
        if (!json.Field("nextId"u8))
        {
            return false;
        }

        return json.IsNull ? json.Skip() : json.Integer(1, int.MaxValue, out nextId);
    }

    private bool ReadTexts(ref JsonCursor json)
    {
        while (!json.TryEnd(JsonTokenType.EndArray))
        {
            if (!json.Start(JsonTokenType.StartObject) || !ReadKnown(ref json, "id"u8, PageNode.Text, out var id)
                || !_nodes.ReadText(ref json, "value"u8, _tree.Flags(id)) || !json.End(JsonTokenType.EndObject))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadAttributes(ref JsonCursor json)
    {
        while (!json.TryEnd(JsonTokenType.EndArray))
        {
            if (!json.Start(JsonTokenType.StartObject) || !ReadKnown(ref json, "id"u8, PageNode.Element, out var id)
                || !_attributes.ReadChanges(ref json, _tree.Attributes(id)!, _tree.Flags(id)) || !json.End(JsonTokenType.EndObject))
            {
                return false;
            }
        }

        return true;
    }
}
