using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Identity;

/// <summary>
/// Stands before the hubs: CORS does not hold for WebSockets, so a page from anywhere could open one. What names an origin must be a page of the
/// customer's site, or our own for agents; programs, which name none, must show a token.
/// </summary>
internal sealed class HubOriginMiddleware(RequestDelegate next, OriginPolicy origins, ILogger<HubOriginMiddleware> logger)
{
    private static readonly Refusal Refused = new(ErrorCodes.Forbidden, "This page may not connect here.");

    public Task InvokeAsync(HttpContext context)
    {
        if (!HubPaths.IsHub(context.Request.Path) || context.User.Identity is not { IsAuthenticated: true } identity)
        {
            return next(context);
        }

        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return identity.AuthenticationType == TokenAuthenticationHandler.ByToken ? next(context) : Problems.WriteAsync(context, Refused);
        }

        if (origins.Allows(Caller.From(context.User), origin))
        {
            return next(context);
        }

        IdentityLog.OriginRefused(logger, origin);
        return Problems.WriteAsync(context, Refused);
    }
}
