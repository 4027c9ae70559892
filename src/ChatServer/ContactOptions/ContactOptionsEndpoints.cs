using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;
using Microsoft.AspNetCore.Mvc;

namespace CoPilot.ChatServer.ContactOptions;

internal static class ContactOptionsEndpoints
{
    public static IServiceCollection AddContactOptions(this IServiceCollection services) => services.AddSingleton<ContactOptionsService>();

    public static void MapContactOptions(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/contact-options", DescribeAsync)
            .AllowAnonymous()
            .RequireCors(CustomerCors.Policy)
            .RequireRateLimiting(RateLimits.ContactOptions);

    private static async Task<IResult> DescribeAsync(
        string? site, string? topic, HttpRequest http, [FromServices] ContactOptionsService options, OriginPolicy origins)
    {
        if (http.Headers.Origin.ToString() is { Length: > 0 } origin && !origins.BelongsTo(site ?? "", origin) && !origins.IsOwn(origin))
        {
            return Problems.Result(new Refusal(ErrorCodes.Forbidden, "This page does not belong to the site."));
        }

        var outcome = await options.DescribeAsync(site, topic, http.HttpContext.RequestAborted);
        return outcome.IsAccepted
            ? Results.Json(outcome.Value, WireJson.Default.ContactOptionsResult)
            : Problems.Result(outcome.Refusal);
    }
}
