using System.Text.Json;
using CoPilot.CoBrowse.Scope;
using CoPilot.Contracts.CoBrowse;
using CoPilot.TestKit;

namespace CoPilot.CoBrowse.Tests.Scope;

/// <summary>An address and what both sides must answer about it.</summary>
/// <param name="Path">Given where the path is worth a look.</param>
public sealed record ScopeVector(string Scope, string Url, bool InScope, bool Proposable, string? Path = null)
{
    private static readonly ScopeVectors File = JsonSerializer.Deserialize<ScopeVectors>(
        System.IO.File.ReadAllText(Checkout.File("src/CoBrowse/Vectors/scope.json")), JsonSerializerOptions.Web)!;

    private static readonly Dictionary<string, ScopePolicy> Policies = File.Scopes.ToDictionary(scope => scope.Key, scope => new ScopePolicy(scope.Value));

    public static IReadOnlyList<ScopeVector> All => File.Vectors;

    public ScopePolicy Policy => Policies[Scope];

    private sealed record ScopeVectors(Dictionary<string, ScopeRules> Scopes, List<ScopeVector> Vectors);
}
