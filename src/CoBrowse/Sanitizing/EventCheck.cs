using System.Text.Json;
using CoPilot.CoBrowse.Sanitizing.Css;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>
/// The server's half of the sanitizer for one page being shown: it accepts inflated frames that hold exactly what the browser's
/// half makes, and answers for all others with a reason. After a refusal it is of no more use. Not thread-safe; dispose it.
/// </summary>
internal sealed partial class EventCheck : IDisposable
{
    private const int FullSnapshot = 2;
    private const int Increment = 3;
    private const int Meta = 4;
    private const long LatestMoment = (1L << 53) - 1;

    private readonly SanitizerLimits _limits;
    private readonly CssSanitizer _css;
    private readonly PageTree _tree;
    private readonly AttributeCheck _attributes;
    private readonly NodeCheck _nodes;
    private readonly HashSet<int> _adoptedSheets = [];

    public EventCheck(SanitizerRules rules)
    {
        _limits = rules.Limits;
        _css = new CssSanitizer(rules, NameMode.Checked);
        _tree = new PageTree(rules.Limits);
        var texts = new TextRule(rules);
        _attributes = new AttributeCheck(rules, new AttributeValues(rules, _css), texts);
        _nodes = new NodeCheck(rules, _tree, _attributes, texts);
    }

    /// <summary>How many nodes the page has.</summary>
    public int Nodes => _tree.Count;

    /// <summary>How many elements its buffers have room for, without what it knows of the page.</summary>
    public int Capacity => _css.Capacity;

    /// <summary>Reads a frame's events and answers why they are refused, or null. Never throws for what they hold.</summary>
    public string? Check(ReadOnlySpan<byte> events, bool keyframe)
    {
        try
        {
            var json = new JsonCursor(events, _limits.JsonDepth);
            try
            {
                _ = ReadFrame(ref json, keyframe) && json.EndOfAll();
                return json.Reason;
            }
            finally
            {
                json.Dispose();
            }
        }
        catch (JsonException)
        {
            // The reader's way to say that this is no JSON.
            return RefusalReason.Json;
        }
    }

    /// <summary>Gives buffers of more than so many elements back.</summary>
    public void Trim(int most) => _css.Trim(most);

    public void Dispose() => _css.Dispose();

    private bool ReadFrame(ref JsonCursor json, bool keyframe)
    {
        _attributes.Begin();
        if (!json.Start(JsonTokenType.StartArray))
        {
            return false;
        }

        if (keyframe)
        {
            _tree.Clear();
            _adoptedSheets.Clear();
            if (!ReadEvent(ref json, Meta) || !ReadEvent(ref json, FullSnapshot))
            {
                return json.Fail(RefusalReason.Keyframe);
            }
        }

        var events = 0;
        while (!json.AtEnd)
        {
            if (++events > _limits.Events)
            {
                return json.Fail(RefusalReason.TooManyEvents);
            }

            if (!ReadEvent(ref json, Increment))
            {
                return false;
            }
        }

        return keyframe || events > 0 || json.Fail(RefusalReason.Event);
    }

    private bool ReadEvent(ref JsonCursor json, int wanted)
    {
        if (!json.Start(JsonTokenType.StartObject) || !json.Integer("type"u8, 0, int.MaxValue, out var type))
        {
            return false;
        }

        if (type != wanted)
        {
            return json.Fail(RefusalReason.Event);
        }

        if (!json.Object("data"u8))
        {
            return false;
        }

        var read = type switch
        {
            Meta => ReadMeta(ref json),
            FullSnapshot => ReadFullSnapshot(ref json),
            _ => ReadIncrement(ref json),
        };
        return read && json.End(JsonTokenType.EndObject) && json.Moment("timestamp"u8, LatestMoment) && json.End(JsonTokenType.EndObject);
    }

    private bool ReadMeta(ref JsonCursor json) =>
        json.Literal("href"u8, ""u8) && json.Integer("width"u8, 0, _limits.Coordinate, out _) && json.Integer("height"u8, 0, _limits.Coordinate, out _);

    private bool ReadFullSnapshot(ref JsonCursor json) =>
        json.Field("node"u8) && _nodes.ReadDocument(ref json) && json.Object("initialOffset"u8)
        && ReadCoordinate(ref json, "left"u8) && ReadCoordinate(ref json, "top"u8) && json.End(JsonTokenType.EndObject);

    private bool ReadCoordinate(ref JsonCursor json, ReadOnlySpan<byte> name) => json.Integer(name, -_limits.Coordinate, _limits.Coordinate, out _);

    private bool ReadIncrement(ref JsonCursor json)
    {
        if (!json.Integer("source"u8, 0, int.MaxValue, out var source))
        {
            return false;
        }

        return source switch
        {
            0 => ReadMutation(ref json),
            3 => ReadScroll(ref json),
            4 => json.Integer("width"u8, 0, _limits.Coordinate, out _) && json.Integer("height"u8, 0, _limits.Coordinate, out _),
            8 => ReadStyleSheetRule(ref json),
            13 => ReadStyleDeclaration(ref json),
            15 => ReadAdoptedStyleSheet(ref json),
            _ => json.Fail(RefusalReason.Event),
        };
    }

    private bool ReadScroll(ref JsonCursor json) =>
        ReadKnown(ref json, "id"u8, PageNode.Document | PageNode.Element, out _) && ReadCoordinate(ref json, "x"u8) && ReadCoordinate(ref json, "y"u8);

    /// <summary>Reads the id of a node that is there and is one of these.</summary>
    private bool ReadKnown(ref JsonCursor json, ReadOnlySpan<byte> name, PageNode any, out int id) =>
        json.Id(name, out id) && ((_tree.Flags(id) & any) != 0 || json.Fail(RefusalReason.Id));
}
