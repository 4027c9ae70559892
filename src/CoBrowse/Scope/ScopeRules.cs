namespace CoPilot.CoBrowse.Scope;

/// <summary>What one site's sessions may show, as configured and as the customer's browser gets it. Paths are prefixes of whole segments.</summary>
/// <param name="Allowed">Everything that no rule names is out of scope.</param>
/// <param name="Excluded">Out of scope on every origin, whatever is allowed.</param>
/// <param name="Dangerous">In scope, but never proposed: pages that do something when they are opened.</param>
public sealed record ScopeRules(IReadOnlyList<ScopeRule> Allowed, IReadOnlyList<string> Excluded, IReadOnlyList<string> Dangerous)
{
    public static ScopeRules Nothing { get; } = new([], [], []);
}

/// <param name="Origin">As a browser writes it: <c>https://www.shop.example</c>.</param>
/// <param name="Path">Begins with a slash.</param>
public sealed record ScopeRule(string Origin, string Path);
