using Microsoft.AspNetCore.Http;

namespace CoPilot.AgentConsole;

/// <summary>What a browser may do on the console's pages.</summary>
public static class ConsoleHeaders
{
    /// <summary>
    /// No inline scripts and nothing from anywhere else. Inline styles are the component library's way to set sizes; <c>'self'</c> covers the hub's
    /// WebSocket too. Nobody frames the console, and its forms are sent by script only.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
        + "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <param name="viewer">The origin of the viewer of customers' pages, the only one that the console may frame; null when there is none.</param>
    public static void Apply(IHeaderDictionary headers, string? viewer)
    {
        headers.ContentSecurityPolicy = viewer is null ? ContentSecurityPolicy : $"{ContentSecurityPolicy}; frame-src {viewer}";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }
}
