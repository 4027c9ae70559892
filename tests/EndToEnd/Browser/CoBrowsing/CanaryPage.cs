using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser.CoBrowsing;

/// <summary>
/// Pages that the demo shop does not have, in its place: the recorder's canary page, which holds a marker wherever a page can hold something, and a large one. Both use
/// Co-Pilot as it is shipped.
/// </summary>
internal static class CanaryPage
{
    /// <summary>The marker, also as browsers write it in names of elements and in languages.</summary>
    public const string Marker = @"ZQ-?\d{3}-?SECRET";

    public const string Name = "canary.html";

    public const string LargeName = "large.html";

    private static readonly string Folder = Checkout.File("src/CoBrowse/client/test/canary/page");

    public static async Task ServeAsync(ShopWindow customer, Uri shop, Uri server)
    {
        // A page's title and path are told to its agent by design.
        var script = Read("page.js").Replace("document.title = 'ZQ357SECRET'", "document.title = 'Later'", StringComparison.Ordinal)
            .Replace("/secret/ZQ358SECRET?", "/canary-later.html?", StringComparison.Ordinal);
        var html = Read("index.html").Replace("ZQ005SECRET tambolic", "Canary", StringComparison.Ordinal)
            .Replace("""<script src="/recorder.js" defer></script>""", CoPilotOf(server), StringComparison.Ordinal);
        // Chromium knows no address of a page that a story serves, and asks before it lets it talk to this machine.
        await customer.Page.Context.GrantPermissionsAsync(["local-network-access"]);
        await customer.Page.Context.RouteAsync(
            address => address.StartsWith(shop.ToString(), StringComparison.Ordinal) && IsOurs(address),
            route => route.FulfillAsync(new Uri(route.Request.Url).AbsolutePath switch
            {
                $"/{Name}" => Answer("text/html", html),
                $"/{LargeName}" => Answer("text/html", Large(server)),
                "/page.js" => Answer("text/javascript", script),
                "/page.css" => Answer("text/css", Read("page.css")),
                "/frame.html" => Answer("text/html", "<p>ZQ199SECRET</p>"),
                _ => Answer("text/plain", ""),
            }));
    }

    private static bool IsOurs(string address) =>
        address.Contains("ZQ", StringComparison.Ordinal) || address.EndsWith("/pixel.png", StringComparison.Ordinal)
        || new[] { Name, LargeName, "page.js", "page.css" }.Any(file => address.Contains("/" + file, StringComparison.Ordinal));

    /// <summary>Fifteen thousand elements, that is as many as Co-Pilot promises to be quick with.</summary>
    private static string Large(Uri server) =>
        $"""
        <!doctype html><html lang="en"><head><title>Large</title><link rel="icon" href="images/logo.svg">{CoPilotOf(server)}</head>
        <body><main data-copilot-show><h1>All our lines</h1>{string.Concat(Enumerable.Range(1, 7_500).Select(line => $"<p>Line <b>{line}</b></p>"))}</main></body></html>
        """;

    private static string CoPilotOf(Uri server) => $"""<script src="{new Uri(server, "copilot-page.js")}" data-site="demo" async></script>""";

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private static RouteFulfillOptions Answer(string type, string body) => new() { ContentType = type, Body = body };
}
