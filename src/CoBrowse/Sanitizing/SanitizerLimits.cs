namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>How much of anything an honest page sends; where a figure comes from is said in docs/cobrowse-frames.md.</summary>
internal sealed record SanitizerLimits(
    int CallBytes,
    int Parts,
    int KeyframeBytes,
    int KeyframeInflatedBytes,
    int IncrementBytes,
    int IncrementInflatedBytes,
    int Ratio,
    int RatioFreeBytes,
    int Events,
    int Nodes,
    int Depth,
    int JsonDepth,
    int Attributes,
    int AttributeUnits,
    int NameList,
    int TextUnits,
    int StyleUnits,
    int PathUnits,
    int CssUnits,
    int CssNesting,
    int RuleIndexes,
    int AdoptedSheets,
    int Coordinate);
