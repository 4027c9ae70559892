using System.Globalization;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace CoPilot.ChatServer.Callbacks;

internal static class CallbackTimesEndpoints
{
    private static readonly string[] MomentFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static void MapCallbackTimes(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/callback-times", ListAsync)
            .AllowAnonymous()
            .RequireCors(CustomerCors.Policy)
            .RequireRateLimiting(RateLimits.ContactOptions);

    private static async Task<IResult> ListAsync(
        string? site, string? topic, string? from, HttpRequest http, [FromServices] CallbackTimes times, OriginPolicy origins)
    {
        if (origins.CheckPage(http.Headers.Origin.ToString(), site) is { } refusal)
        {
            return Problems.Result(refusal);
        }

        if (!TryReadMoment(from, out var moment))
        {
            return Problems.Result(CallbackRefusals.BadMoment);
        }

        var outcome = await times.ListAsync(site, topic, moment, http.HttpContext.RequestAborted);
        return outcome.IsAccepted
            ? Results.Json(outcome.Value, WireJson.Default.CallbackTimesResult)
            : Problems.Result(outcome.Refusal);
    }

    /// <summary>In an address an unescaped plus reads as a blank, so an offset of UTC comes best as <c>Z</c>.</summary>
    private static bool TryReadMoment(string? text, out DateTimeOffset? moment)
    {
        var isRead = DateTimeOffset.TryParseExact(text, MomentFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read);
        moment = isRead ? read : null;
        return isRead || text is null;
    }
}
