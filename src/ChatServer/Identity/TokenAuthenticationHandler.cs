using System.Security.Claims;
using System.Text.Encodings.Web;
using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Identity;

/// <summary>
/// Finds out who calls: by the bearer header, by SignalR's <c>access_token</c> on a hub's handshake and nowhere else, or by the agents' cookie. A
/// token goes before the cookie, which a browser sends whether or not the page meant it; for the same reason the cookie counts only from our own
/// pages where something could change.
/// </summary>
internal sealed class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenService tokens,
    IAccountStore accounts,
    OriginPolicy origins)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "CoPilot";

    /// <summary>Authentication types of the identities made here.</summary>
    public const string ByToken = "token";
    public const string ByCookie = "cookie";

    /// <summary>Where browsers put it, which cannot give a WebSocket headers.</summary>
    public const string QueryName = "access_token";

    private const string BearerPrefix = "Bearer ";

    public static string? ReadBearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
            ? header[BearerPrefix.Length..].Trim()
            : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (token, how) = FindToken();
        if (token is null)
        {
            return AuthenticateResult.NoResult();
        }

        if (how == ByCookie && NeedsOrigin(Request) && !origins.IsOwn(Request.Headers.Origin.ToString()))
        {
            return AuthenticateResult.Fail("The cookie came from a page that is not ours.");
        }

        if (await tokens.ReadIdentityAsync(token, how) is not { } identity)
        {
            return AuthenticateResult.Fail("The token is not valid.");
        }

        var principal = new ClaimsPrincipal(identity);
        var caller = Caller.From(principal);
        if (how == ByCookie && !caller.IsAgent)
        {
            return AuthenticateResult.Fail("The cookie is the agents'.");
        }

        if (caller.IsAgent && await accounts.FindAsync(caller.Id, Context.RequestAborted) is not { IsDisabled: false })
        {
            return AuthenticateResult.Fail("The account is disabled.");
        }

        // A hub connection ends when its ticket does.
        var properties = new AuthenticationProperties { ExpiresUtc = caller.ExpiresAt };
        return AuthenticateResult.Success(new AuthenticationTicket(principal, properties, SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, new Refusal(ErrorCodes.Forbidden, "Sign in first."), StatusCodes.Status401Unauthorized);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, new Refusal(ErrorCodes.Forbidden, "This is not for you."));

    private static bool NeedsOrigin(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || HubPaths.IsHub(request.Path);

    private (string? Token, string How) FindToken()
    {
        if (ReadBearer(Request) is { } bearer)
        {
            return (bearer, ByToken);
        }

        if (HubPaths.IsHandshake(Request) && Request.Query[QueryName].ToString() is { Length: > 0 } queried)
        {
            return (queried, ByToken);
        }

        return (AgentCookie.Read(Request), ByCookie);
    }
}
