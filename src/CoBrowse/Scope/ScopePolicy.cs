using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Scope;

/// <summary>
/// Which pages a site's sessions may show, and which of them an agent may propose. Nothing is in scope that no rule names, and nothing whose
/// address two programs might read differently. The customer's browser decides by the same rules before it captures anything
/// (<c>client/src/scope</c>); <c>Vectors/scope.json</c> holds both to the same answers. Immutable.
/// </summary>
public sealed class ScopePolicy
{
    private readonly (string Origin, PlainPath Path)[] _allowed;
    private readonly PlainPath[] _excluded;
    private readonly PlainPath[] _dangerous;

    /// <exception cref="ArgumentException">A rule that <see cref="ScopeFaults"/> has something to say about.</exception>
    public ScopePolicy(ScopeRules rules)
    {
        if (ScopeFaults.Of(rules).FirstOrDefault() is { } fault)
        {
            throw new ArgumentException(fault.Text, nameof(rules));
        }

        Rules = rules;
        _allowed = [.. rules.Allowed.Select(rule => (rule.Origin, Parse(rule.Path)))];
        _excluded = [.. rules.Excluded.Select(Parse)];
        _dangerous = [.. rules.Dangerous.Select(Parse)];
    }

    public ScopeRules Rules { get; }

    /// <param name="url">As the browser writes it; a missing one is out of scope.</param>
    public bool IsInScope(string? url) => Find(url) is not null;

    /// <summary>Whether an agent may propose to open it: in scope, a path alone (a query string may hold a deed or a token), and not dangerous.</summary>
    public bool IsProposable(string? url) => Find(url) is { IsPathOnly: true } page && !IsUnder(page, _dangerous);

    /// <summary>The path alone, which is all that agents and the audit see of an address; null for what is out of scope.</summary>
    public string? PathOf(string? url) => Find(url)?.Path.Text;

    /// <summary>The origin of a page in scope; null for what is out of scope.</summary>
    public string? OriginOf(string? url) => Find(url)?.Origin;

    /// <summary>The whole address of a page that an agent may propose; null for any other.</summary>
    /// <param name="origin">What a path stands on: that of the page that is shown.</param>
    /// <param name="url">A path, or a whole address.</param>
    public string? FindProposable(string? origin, string url)
    {
        var address = url.StartsWith('/') ? origin + url : url;
        return IsProposable(address) ? address : null;
    }

    private PageAddress? Find(string? url) =>
        PageAddress.TryParse(url, out var page) && IsAllowed(page) && !IsUnder(page, _excluded) ? page : null;

    private bool IsAllowed(PageAddress page)
    {
        foreach (var (origin, path) in _allowed)
        {
            if (page.Origin == origin && page.Path.IsWithin(path))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnder(PageAddress page, PlainPath[] prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (page.Path.MayBeWithin(prefix) || page.Route?.MayBeWithin(prefix) == true)
            {
                return true;
            }
        }

        return false;
    }

    private static PlainPath Parse(string path) =>
        PlainPath.TryParse(path, out var parsed) ? parsed : throw new ArgumentException($"'{path}' is not a path.", nameof(path));
}
