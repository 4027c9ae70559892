using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using CoPilot.Contracts;

namespace CoPilot.CoBrowse.Scope;

/// <summary>
/// A page's address exactly as a browser writes it in <c>location.href</c>: what a browser would write otherwise is none. So both sides judge
/// the text that the browser will open, and two parsers cannot disagree over it. Immutable.
/// </summary>
internal sealed partial class PageAddress
{
    private PageAddress(string origin, PlainPath path, PlainPath? route, bool isPathOnly)
    {
        Origin = origin;
        Path = path;
        Route = route;
        IsPathOnly = isPathOnly;
    }

    /// <summary>Everything before the path. It is a host's only when it is equal to one that was configured.</summary>
    public string Origin { get; }

    public PlainPath Path { get; }

    /// <summary>The path in the fragment of a page that does its own routing (<c>#/checkout</c>, <c>#!/checkout</c>).</summary>
    public PlainPath? Route { get; }

    /// <summary>Neither a query string nor a fragment.</summary>
    public bool IsPathOnly { get; }

    public static bool TryParse(string? url, [NotNullWhen(true)] out PageAddress? address)
    {
        address = null;
        if (url is null || url.Length > Limits.UrlLength || Parts().Match(url) is not { Success: true } parts
            || !PlainPath.TryParse(parts.Groups["path"].Value, out var path))
        {
            return false;
        }

        PlainPath? route = null;
        if (RouteOf().Match(parts.Groups["fragment"].Value) is { Success: true } written && !PlainPath.TryParse(written.Groups[1].Value, out route))
        {
            return false;
        }

        address = new PageAddress(parts.Groups["origin"].Value, path, route, parts.Groups["path"] is var end && end.Index + end.Length == url.Length);
        return true;
    }

    [GeneratedRegex(@"\A(?<origin>https?://[a-z0-9._\-:\[\]]+)(?<path>/[^?#]*)(?:\?[!-""$-~]*)?(?:#(?<fragment>[!-~]*))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();

    [GeneratedRegex(@"\A!?(/[^?]*)")]
    private static partial Regex RouteOf();
}
