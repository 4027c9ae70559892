using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.Contracts;
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
        if (origins.CheckPage(http.Headers.Origin.ToString(), site) is { } refusal)
        {
            return Problems.Result(refusal);
        }

        var outcome = await options.DescribeAsync(site, topic, http.HttpContext.RequestAborted);
        return outcome.IsAccepted
            ? Results.Json(outcome.Value, WireJson.Default.ContactOptionsResult)
            : Problems.Result(outcome.Refusal);
    }
}
