using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace CoPilot.ChatServer.Identity;

/// <summary>
/// Takes the token out of a hub's handshake once it has been checked: the request stays in memory for as long as the connection is open, which is hours,
/// and by then the token would be most of it, three times when it came in the address. Nothing behind this asks for it.
/// </summary>
internal sealed class SpentTokenMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HubPaths.IsHandshake(request) && context.User.Identity is { IsAuthenticated: true })
        {
            request.Headers.Authorization = default;
            if (request.Query.ContainsKey(TokenAuthenticationHandler.QueryName))
            {
                request.QueryString = QueryString.Create(request.Query.Where(IsKept));
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = request.Path + request.QueryString;
            }
        }

        return next(context);
    }

    private static bool IsKept(KeyValuePair<string, StringValues> part) =>
        !part.Key.Equals(TokenAuthenticationHandler.QueryName, StringComparison.OrdinalIgnoreCase);
}
