using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Scope;

/// <summary>What is wrong with rules, for whoever writes them: all faults, not the first.</summary>
public static class ScopeFaults
{
    /// <param name="Part">The member of <see cref="ScopeRules"/>.</param>
    /// <param name="Text">For the operator.</param>
    public sealed record Fault(string Part, string Text);

    public static IEnumerable<Fault> Of(ScopeRules rules) =>
    [
        .. rules.Allowed.Where(rule => !IsSafeOrigin(rule.Origin)).Select(rule => new Fault(nameof(ScopeRules.Allowed), $"'{rule.Origin}' must be an https origin such as https://www.shop.example in lower case, with an international name written as xn--; http is for this machine's own addresses in Development.")),
        .. FaultyPaths(nameof(ScopeRules.Allowed), rules.Allowed.Select(rule => rule.Path)),
        .. FaultyPaths(nameof(ScopeRules.Excluded), rules.Excluded),
        .. FaultyPaths(nameof(ScopeRules.Dangerous), rules.Dangerous),
    ];

    /// <summary>
    /// Https, or http to this machine itself, which no network is between: the page's script is what hides the rest of the page, so nobody on
    /// the way may change it.
    /// </summary>
    public static bool IsSafeOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.GetLeftPart(UriPartial.Authority) == origin
        && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && (uri.HostNameType != UriHostNameType.Dns || uri.Host == uri.IdnHost)
        && !uri.Host.EndsWith('.');

    private static IEnumerable<Fault> FaultyPaths(string part, IEnumerable<string> paths) =>
        paths.Where(path => !PlainPath.TryParse(path, out _)).Select(path => new Fault(part, $"'{path}' must be a plain path such as /help: no query string, no // or .., and letters beyond ASCII escaped as a browser writes them."));
}
