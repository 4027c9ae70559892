using System.ComponentModel.DataAnnotations;
using CoPilot.CoBrowse.Scope;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.ChatServer.Sites;

/// <summary>Which pages a customer may show to an agent, and what of them is not masked.</summary>
public sealed class CoPilotOptions : IValidatableObject
{
    private const int SelectorCount = 50;
    private const int SelectorLength = 500;
    private const int PageCount = 50;

    /// <summary>Stands for those that are not known yet: the demo shop's are added when it listens.</summary>
    private const string AnyOrigin = "https://all.origins.example";

    /// <summary>The pages that may be shown, as prefixes of whole path segments: <c>/help</c> is <c>/help</c> and everything below it, not <c>/helpful</c>.</summary>
    /// <value>Addresses such as <c>https://www.shop.example/help</c>, or paths such as <c>/</c> that count for all of the site's origins; https only. The default is none: no page is ever shown.</value>
    public IList<string> Scope { get; } = [];

    /// <summary>Paths that are never shown, whatever <c>Scope</c> says: checkout, payment. Case does not matter.</summary>
    /// <value>Paths such as <c>/checkout</c>. The default is none.</value>
    public IList<string> Excluded { get; } = [];

    /// <summary>Paths that an agent cannot propose because opening them does something. Case does not matter.</summary>
    /// <value>Paths such as <c>/logout</c>. The default is none.</value>
    public IList<string> Dangerous { get; } = [];

    /// <summary>CSS selectors of regions whose text agents see unmasked, as if they were marked with <c>data-copilot-show</c>.</summary>
    /// <value>At most 50 of at most 500 characters. The default is none: all text is masked.</value>
    public IList<string> ShownSelectors { get; } = [];

    /// <summary>What the customer is told the agent works for.</summary>
    /// <value>1 to 100 characters. The default is the site's name.</value>
    [StringLength(Contracts.Limits.NameLength, MinimumLength = 1)]
    public string? Department { get; set; }

    /// <summary>Pages that agents are offered to propose, in this order. They can propose any other page of the scope too.</summary>
    /// <value>At most 50. The default is none.</value>
    public IList<CoPilotPageOptions> Pages { get; } = [];

    /// <summary>Whether a page that an agent proposes opens at once, without a question to the customer.</summary>
    /// <value>The default is <c>false</c>: the customer is asked.</value>
    public bool NavigateAtOnce { get; set; }

    /// <summary>A path alone counts for every one of the origins.</summary>
    public ScopeRules ToRules(IEnumerable<string> origins)
    {
        var entries = Scope.Select(entry => ScopeEntry.Parse(entry ?? "")).ToList();
        return new ScopeRules(
            [
                .. entries.Where(entry => entry.Origin is not null).Select(entry => new ScopeRule(entry.Origin!, entry.Path)),
                .. origins.SelectMany(origin => entries.Where(entry => entry.Origin is null).Select(entry => new ScopeRule(origin, entry.Path))),
            ],
            [.. Excluded.Select(path => path ?? "")],
            [.. Dangerous.Select(path => path ?? "")]);
    }

    /// <summary>Those of the origins that a path alone counts for and that may not be shown.</summary>
    internal IEnumerable<string> UnsafeOrigins(IEnumerable<string> origins) =>
        Scope.Any(entry => entry?.StartsWith('/') == true)
            ? origins.Where(origin => Hosting.Origins.TryNormalize(origin, out var normal) && !ScopeFaults.IsSafeOrigin(normal))
            : [];

    /// <summary>What is wrong with the pages. Nothing is said while the scope has faults of its own.</summary>
    internal IEnumerable<string> PageFaults(IEnumerable<string> origins)
    {
        if (Pages.Count > PageCount)
        {
            yield return $"at most {PageCount} pages.";
        }

        var rules = ToRules([AnyOrigin, .. origins.Where(origin => Hosting.Origins.TryNormalize(origin, out _)).Select(Hosting.Origins.Normalize)]);
        var scope = ScopeFaults.Of(rules).Any() ? null : new ScopePolicy(rules);
        foreach (var page in Pages)
        {
            if (page?.Title is not { Length: > 0 and <= Contracts.Limits.NameLength })
            {
                yield return $"'{page?.Url}' needs a title of 1 to {Contracts.Limits.NameLength} characters.";
            }

            if (scope is not null && !rules.Allowed.Any(rule => scope.FindProposable(rule.Origin, page?.Url ?? "") is not null))
            {
                yield return $"'{page?.Url}' cannot be proposed: it must be in the scope, neither excluded nor dangerous, and without a query string or fragment.";
            }
        }
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in ScopeFaults.Of(ToRules([AnyOrigin])))
        {
            yield return new ValidationResult(fault.Text, [fault.Part == nameof(ScopeRules.Allowed) ? nameof(Scope) : fault.Part]);
        }

        if (ShownSelectors.Count > SelectorCount || ShownSelectors.Any(selector => selector is not { Length: > 0 and <= SelectorLength }))
        {
            yield return new ValidationResult($"at most {SelectorCount} selectors of 1 to {SelectorLength} characters.", [nameof(ShownSelectors)]);
        }
    }

    /// <param name="Origin">Null for a path alone.</param>
    private sealed record ScopeEntry(string? Origin, string Path)
    {
        public static ScopeEntry Parse(string text)
        {
            if (text.StartsWith('/'))
            {
                return new ScopeEntry(null, text);
            }

            var host = text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
            return text.IndexOf('/', host) is >= 0 and var slash ? new ScopeEntry(text[..slash], text[slash..]) : new ScopeEntry(text, "/");
        }
    }
}

/// <summary>A page that agents propose often.</summary>
public sealed class CoPilotPageOptions
{
    /// <summary>What agents pick it by.</summary>
    /// <value>1 to 100 characters. Required.</value>
    public string Title { get; set; } = "";

    /// <summary>A page of the scope.</summary>
    /// <value>An address such as <c>https://www.shop.example/help</c>, or a path such as <c>/help</c> on the origin that the customer is on. Required.</value>
    public string Url { get; set; } = "";
}
