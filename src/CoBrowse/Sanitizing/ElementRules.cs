using System.Collections.Frozen;
using System.Text.Json;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>Which elements there may be on the wire. Immutable.</summary>
internal sealed class ElementRules
{
    public ElementRules(JsonElement rules)
    {
        Html = WordSet.Parse(rules.GetProperty("html").GetString()!);
        Svg = WordSet.Parse(rules.GetProperty("svg").GetString()!);
        Dropped = WordSet.Parse(rules.GetProperty("dropped").GetString()!);
        Empty = WordSet.Parse(rules.GetProperty("empty").GetString()!);
        Secret = WordSet.Parse(rules.GetProperty("secret").GetString()!);
        Boxes = rules.GetProperty("box").EnumerateObject().ToFrozenDictionary(box => box.Name, box => box.Value.GetString()!);
        BoxElements = new WordSet(Boxes.Keys.Select(name => NameMode.CustomPrefix + name));
    }

    public WordSet Html { get; }

    public WordSet Svg { get; }

    /// <summary>Gone with all that they hold.</summary>
    public WordSet Dropped { get; }

    /// <summary>May hold nothing.</summary>
    public WordSet Empty { get; }

    /// <summary>What stands in them is never shown.</summary>
    public WordSet Secret { get; }

    /// <summary>Elements of pages that are shown as a box, and what the box is called.</summary>
    public FrozenDictionary<string, string> Boxes { get; }

    /// <summary>The boxes by their names on the wire, such as <c>x-img</c>.</summary>
    public WordSet BoxElements { get; }
}
