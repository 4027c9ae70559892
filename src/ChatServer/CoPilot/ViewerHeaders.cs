namespace CoPilot.ChatServer.CoPilot;

/// <summary>What a browser may do on the viewer's page, and so in the frame with the customer's page inside it, which inherits the policy.</summary>
internal static class ViewerHeaders
{
    /// <summary>
    /// Nothing is fetched but the viewer's own script: a hostile page can neither run script nor tell a stranger that it is looked at. Styles are
    /// inline because the customer's are.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'none'; img-src data: blob:; font-src data:; "
        + "frame-src 'none'; form-action 'none'; base-uri 'none'; object-src 'none'; frame-ancestors ";

    /// <param name="consoles">The origins whose pages may frame the viewer.</param>
    public static void Apply(IHeaderDictionary headers, IReadOnlyList<string> consoles)
    {
        headers.ContentSecurityPolicy = Policy + (consoles.Count == 0 ? "'none'" : string.Join(' ', consoles));
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";

        // Looking up a name tells a stranger too, and no policy covers it.
        headers["X-DNS-Prefetch-Control"] = "off";
    }
}
