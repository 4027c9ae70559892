using System.Text.Json;

namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>The words of CSS that pass. Immutable.</summary>
internal sealed class CssRules
{
    public CssRules(JsonElement rules)
    {
        WordSet List(string name) => WordSet.Parse(rules.GetProperty(name).GetString()!);
        WordSet AtRules(string name) => WordSet.Parse(rules.GetProperty("atRules").GetProperty(name).GetString()!);

        Placeholder = rules.GetProperty("placeholder").GetString()!;
        ConditionalRules = AtRules("conditional");
        GroupingRules = AtRules("grouping");
        KeyframesRules = AtRules("keyframes");
        Properties = List("properties");
        Keywords = new WordSet(List("keywords").Words.Concat(Properties.Words));
        Functions = List("functions");
        ContainerFunctions = new WordSet(Functions.Words.Concat(List("containerFunctions").Words));
        Units = List("units");
        FontFamilies = List("fontFamilies");
        FontSizes = List("fontSizes");
        PseudoClasses = List("pseudoClasses");
        SelectorFunctions = List("selectorFunctions");
        CompoundFunctions = List("compoundFunctions");
        NthFunctions = List("nthFunctions");
        PseudoElements = List("pseudoElements");
        LegacyPseudoElements = List("legacyPseudoElements");
        MediaWords = List("mediaWords");
        ContainerWords = List("containerWords");
        SupportsWords = List("supportsWords");
        PropertySyntaxes = List("propertySyntaxes");
    }

    public string Placeholder { get; }

    public WordSet ConditionalRules { get; }

    public WordSet GroupingRules { get; }

    public WordSet KeyframesRules { get; }

    public WordSet Properties { get; }

    /// <summary>Identifiers that stay in values: keywords, and properties' names, which some values hold.</summary>
    public WordSet Keywords { get; }

    public WordSet Functions { get; }

    public WordSet ContainerFunctions { get; }

    public WordSet Units { get; }

    public WordSet FontFamilies { get; }

    public WordSet FontSizes { get; }

    public WordSet PseudoClasses { get; }

    public WordSet SelectorFunctions { get; }

    public WordSet CompoundFunctions { get; }

    public WordSet NthFunctions { get; }

    public WordSet PseudoElements { get; }

    public WordSet LegacyPseudoElements { get; }

    public WordSet MediaWords { get; }

    public WordSet ContainerWords { get; }

    public WordSet SupportsWords { get; }

    public WordSet PropertySyntaxes { get; }
}
