using CoPilot.ChatServer.Hosting;

namespace CoPilot.ChatServer.CoPilot;

/// <summary>
/// What only the other settings can tell of the viewer's address: whether it is apart from everything else. It reads the configuration and not the
/// options, which cannot be had while they have other faults.
/// </summary>
internal static class ViewerAddress
{
    private const string UrlsSetting = "CoBrowse:" + nameof(CoBrowseOptions.ViewerUrls);
    private const string OriginSetting = "CoBrowse:" + nameof(CoBrowseOptions.ViewerOrigin);

    public static IEnumerable<string> Faults(IConfiguration configuration, IHostEnvironment environment)
    {
        var (urls, origin) = (configuration[UrlsSetting], configuration[OriginSetting]);
        var own = List(configuration, nameof(ServerOptions.Urls));
        var published = List(configuration, nameof(ServerOptions.PublicOrigins));
        if (!string.IsNullOrEmpty(origin) && (urls ?? (environment.IsDevelopment() ? "default" : "")).Length == 0)
        {
            yield return $"{UrlsSetting}: the viewer that browsers see at '{origin}' must listen somewhere.";
        }

        if (IsOneOf(urls, own))
        {
            yield return $"{UrlsSetting}: '{urls}' is the server's own; the viewer needs an origin of its own.";
            yield break;
        }

        // Cookies and much else belong to a host or to all below it, whatever the port.
        var (seenSetting, seen) = string.IsNullOrEmpty(origin) ? (UrlsSetting, urls) : (OriginSetting, origin);
        var sites = configuration.GetSection("Sites").GetChildren().SelectMany(site => site.GetSection("Origins").GetChildren()).Select(entry => entry.Value ?? "");
        if (IsOneOf(seen, published) || own.Concat(published).Concat(sites).Any(taken => IsWithin(seen, taken)))
        {
            yield return $"{seenSetting}: '{seen}' is the host of a site or of this server, or below one; the viewer needs a host name of its own.";
        }
    }

    /// <summary>A port that is left to the system is nobody's.</summary>
    private static bool IsOneOf(string? viewer, IEnumerable<string> others) =>
        Origins.TryNormalize(viewer ?? "", out var origin) && !origin.EndsWith(":0", StringComparison.Ordinal)
        && others.Any(other => Origins.TryNormalize(other, out var taken) && taken == origin);

    /// <summary>This machine alone is not meant: there everything has the same host, and ports tell them apart.</summary>
    private static bool IsWithin(string? viewer, string other) =>
        HostOf(viewer ?? "") is { IsLoopback: false } host
        && HostOf(other) is { } taken
        && (host.Host == taken.Host || host.Host.EndsWith("." + taken.Host, StringComparison.Ordinal));

    private static Uri? HostOf(string origin) => Origins.TryNormalize(origin, out var normal) ? new Uri(normal) : null;

    private static string[] List(IConfiguration configuration, string setting) =>
        (configuration[setting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
