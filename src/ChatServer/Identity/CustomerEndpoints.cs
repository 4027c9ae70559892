using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Identity;

internal static class CustomerEndpoints
{
    public static void MapCustomers(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/customers", IssueAsync)
            .AllowAnonymous()
            .RequireCors(CustomerCors.Policy)
            .RequireRateLimiting(RateLimits.Customers);

    private static async Task<IResult> IssueAsync(
        CustomerTokenRequest request, HttpRequest http, CustomerService customers, OriginPolicy origins)
    {
        // CORS let it in because the page belongs to some site; it must be this one's.
        if (http.Headers.Origin.ToString() is { Length: > 0 } origin && !origins.BelongsTo(request.Site ?? "", origin))
        {
            return Problems.Result(new Refusal(ErrorCodes.Forbidden, "This page does not belong to the site."));
        }

        var outcome = await customers.IssueAsync(request, TokenAuthenticationHandler.ReadBearer(http));
        return outcome.IsAccepted
            ? Results.Json(outcome.Value, WireJson.Default.CustomerTokenResult)
            : Problems.Result(outcome.Refusal);
    }
}
