using System.Collections.Frozen;
using System.Text.Json;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>One attribute that an element may have; <see cref="Property"/> is whose CSS value it holds, if it does.</summary>
internal sealed record AttributeRule(string Name, AttributeKind Kind, WordSet? Words, string Property, bool Fixed);

/// <summary>Which attributes an element may have, and of what kind. Immutable.</summary>
internal sealed class AttributeRules
{
    private readonly Dictionary<string, string> _words = [];
    private readonly Dictionary<string, string> _properties = [];
    private readonly WordSet _fixed;
    private readonly FrozenDictionary<string, AttributeSet> _html;
    private readonly AttributeSet _otherHtml;

    public AttributeRules(JsonElement rules, JsonElement words)
    {
        foreach (var list in words.EnumerateObject())
        {
            _words.Add(list.Name, list.Value.GetString()!);
        }

        foreach (var property in rules.GetProperty("valueOf").EnumerateObject())
        {
            _properties.Add(property.Name, property.Value.GetString()!);
        }

        _fixed = WordSet.Parse(rules.GetProperty("fixed").GetString()!);
        var every = rules.GetProperty("every");
        _otherHtml = Merge("", every);
        _html = rules.GetProperty("of").EnumerateObject().ToFrozenDictionary(of => of.Name, of => Merge(of.Name, every, of.Value));
        Box = Merge("", every, rules.GetProperty("box"));
        Custom = Merge("", every, rules.GetProperty("custom"));
        Svg = Merge("", every, rules.GetProperty("svg"));
        SvgStyle = Merge("style", every, rules.GetProperty("svg"), rules.GetProperty("of").GetProperty("style"));

        var all = _html.Values.Append(_otherHtml).Append(Box).Append(Custom).Append(SvgStyle).SelectMany(set => set.Rules).ToList();
        Names = new WordSet(all.Select(rule => rule.Name).Where(name => !name.Contains(':')));
        SelectorWords = all.Where(rule => rule.Words is not null).GroupBy(rule => rule.Name)
            .ToFrozenDictionary(group => group.Key, group => new WordSet(group.SelectMany(rule => rule.Words!.Words)));
    }

    public AttributeSet Box { get; }

    public AttributeSet Custom { get; }

    public AttributeSet Svg { get; }

    public AttributeSet SvgStyle { get; }

    /// <summary>What a selector may name: every attribute of any element, but those of a namespace, which a selector names in another way.</summary>
    public WordSet Names { get; }

    /// <summary>By attribute, every word that it has on any element: what a selector may compare with.</summary>
    public FrozenDictionary<string, WordSet> SelectorWords { get; }

    public AttributeSet Html(string element) => _html.GetValueOrDefault(element, _otherHtml);

    private AttributeSet Merge(string element, params ReadOnlySpan<JsonElement> lists)
    {
        var rules = new Dictionary<string, AttributeRule>();
        foreach (var list in lists)
        {
            foreach (var kind in list.EnumerateObject())
            {
                foreach (var name in WordSet.Split(kind.Value.GetString()!))
                {
                    rules[name] = Rule(element, name, Enum.Parse<AttributeKind>(kind.Name, ignoreCase: true));
                }
            }
        }

        return new AttributeSet(rules);
    }

    private AttributeRule Rule(string element, string name, AttributeKind kind)
    {
        var words = kind == AttributeKind.Word
            ? WordSet.Parse(_words.TryGetValue($"{element}.{name}", out var own) ? own : _words[name])
            : null;
        return new AttributeRule(name, kind, words, _properties.GetValueOrDefault(name, name), _fixed.Contains(name));
    }
}

/// <summary>The attributes of one kind of element. Immutable.</summary>
internal sealed class AttributeSet
{
    private readonly FrozenDictionary<string, AttributeRule> _rules;
    private readonly FrozenDictionary<string, AttributeRule>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public AttributeSet(Dictionary<string, AttributeRule> rules)
    {
        _rules = rules.ToFrozenDictionary();
        _lookup = _rules.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IEnumerable<AttributeRule> Rules => _rules.Values;

    public AttributeRule? Find(ReadOnlySpan<char> name) => _lookup.TryGetValue(name, out var rule) ? rule : null;
}
