using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>Where providers tell how calls go.</summary>
internal static class CallStatusEndpoints
{
    public const string Path = "/api/callbacks/{site}/status";

    /// <summary>A status takes a tenth of it.</summary>
    public const int BodyBytes = 4 * 1024;

    private static readonly Refusal TooLarge = new(ErrorCodes.TooLarge, $"A call status has at most {BodyBytes} bytes.");

    public static void MapCallStatuses(this WebApplication app) =>
        app.MapPost(Path, TakeAsync).AllowAnonymous().RequireRateLimiting(RateLimits.CallStatuses);

    private static async Task<IResult> TakeAsync(string site, HttpRequest http, [FromServices] CallStatusService statuses)
    {
        if (await ReadAsync(http) is not { } body)
        {
            return Problems.Result(TooLarge);
        }

        var outcome = await statuses.TakeAsync(
            site,
            Single(http.Headers[WebhookSignature.TimestampHeader]),
            Single(http.Headers[WebhookSignature.SignatureHeader]),
            body,
            http.HttpContext.RequestAborted);
        return outcome.IsAccepted ? Answer(outcome.Value) : Problems.Result(outcome.Refusal);
    }

    private static IResult Answer(CallStatusResult result) => result == CallStatusResult.Unknown
        ? Problems.Result(new Refusal(ErrorCodes.NotFound, "The site has no such attempt."))
        : Results.Json(new CallStatusAnswer(CallStatusResults.Of(result)), CallbackJson.Default.CallStatusAnswer);

    /// <summary>Null when it is too large: the rest is not read.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest http)
    {
        if (http.ContentLength > BodyBytes)
        {
            return null;
        }

        var buffer = new byte[BodyBytes + 1];
        var length = await http.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, http.HttpContext.RequestAborted);
        return length > BodyBytes ? null : buffer[..length];
    }

    /// <summary>Of several values nobody knows which one was meant.</summary>
    private static string Single(StringValues values) => values.Count == 1 ? values[0] ?? "" : "";
}
