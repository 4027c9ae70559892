namespace CoPilot.LoadRunner.Wire;

/// <summary>A request that is several arguments, all of them texts, as the peers' methods take them.</summary>
internal sealed record TextArguments(params string[] Texts);
