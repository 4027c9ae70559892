using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.Realtime;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Identity;

internal static class AgentEndpoints
{
    /// <summary>One text for every way to fail.</summary>
    private static readonly Refusal SignInRefused = new(
        ErrorCodes.Invalid, "The address and password do not belong together, or there were too many attempts: then wait a few minutes.");

    private static readonly Refusal ForeignPage = new(ErrorCodes.Forbidden, "Agents sign in on the server's own pages.");

    private static readonly Refusal Gone = new(ErrorCodes.Forbidden, "Sign in first.");

    public static void MapAgents(this IEndpointRouteBuilder app)
    {
        var agents = app.MapGroup("/api/agents");
        agents.MapPost("/sign-in", SignInAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIns);
        agents.MapPost("/renew", RenewAsync).RequireAuthorization(IdentityServices.AgentsOnly);
        agents.MapPost("/sign-out", SignOutAsync).RequireAuthorization(IdentityServices.AgentsOnly);
        agents.MapGet("/me", DescribeAsync).RequireAuthorization(IdentityServices.AgentsOnly);
    }

    private static async Task<IResult> SignInAsync(SignInRequest request, HttpContext http, SignInService signIns, OriginPolicy origins)
    {
        // Otherwise a foreign page could sign somebody in as an account that it controls.
        if (http.Request.Headers.Origin.ToString() is { Length: > 0 } origin && !origins.IsOwn(origin))
        {
            return Problems.Result(ForeignPage);
        }

        return await signIns.SignInAsync(request, http.RequestAborted) is { } result
            ? Answer(http, result)
            : Problems.Result(SignInRefused, StatusCodes.Status401Unauthorized);
    }

    private static async Task<IResult> RenewAsync(HttpContext http, SignInService signIns) =>
        await signIns.RenewAsync(Caller.From(http.User).Id, http.RequestAborted) is { } result
            ? Answer(http, result)
            : Problems.Result(Gone, StatusCodes.Status401Unauthorized);

    private static async Task<IResult> SignOutAsync(HttpContext http, IEnumerable<IAgentDeparture> departures, StoreOutages outages)
    {
        AgentCookie.Clear(http);
        var caller = Caller.From(http.User);
        try
        {
            foreach (var departure in departures)
            {
                // Whether or not the browser waits for the answer.
                await departure.LeftAsync(caller.SiteId, caller.Id, CancellationToken.None);
            }
        }
        catch (StoreUnavailableException error)
        {
            // Who goes is not held back; what is left open ends by its own times.
            outages.Note("Ending what an agent had open", error);
        }

        return Results.NoContent();
    }

    private static async Task<IResult> DescribeAsync(HttpContext http, IAccountStore accounts)
    {
        var caller = Caller.From(http.User);
        return await accounts.FindAsync(caller.Id, http.RequestAborted) is { } account
            ? Results.Json(
                new AgentProfileResult(
                    account.AgentId, account.Name, account.Role, account.Email, account.SiteId,
                    [.. account.Queues.Select(skill => AgentSkill.Parse(skill).Queue)], account.Capacity, caller.ExpiresAt),
                WireJson.Default.AgentProfileResult)
            : Problems.Result(Gone, StatusCodes.Status401Unauthorized);
    }

    private static IResult Answer(HttpContext http, SignInResult result)
    {
        AgentCookie.Set(http, new IssuedToken(result.Token, result.ExpiresAt));
        return Results.Json(result, WireJson.Default.SignInResult);
    }
}
