namespace CoPilot.ChatServer.Identity;

/// <summary>The console's cookie. Its value is an agent's token; scripts cannot read it and other sites' pages cannot send it.</summary>
internal static class AgentCookie
{
    public const string Name = "copilot_agent";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public static void Set(HttpContext context, IssuedToken token) =>
        context.Response.Cookies.Append(Name, token.Token, Options(context, token.ExpiresAt));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    private static CookieOptions Options(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        Expires = expires,

        // Behind a proxy that ends TLS the request is plain, yet the browser names its own scheme in Origin.
        Secure = context.Request.IsHttps || context.Request.Headers.Origin.ToString().StartsWith("https://", StringComparison.Ordinal),
    };
}
