using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.Realtime.Outcomes;
using Microsoft.AspNetCore.WebUtilities;

namespace CoPilot.ChatServer.Hosting;

/// <summary>Refusals over HTTP: RFC 9457 problem details with the stable code.</summary>
public static class Problems
{
    private const string ContentType = "application/problem+json";

    public static IResult Result(Refusal refusal, int? status = null)
    {
        var problem = ToProblem(refusal, status ?? StatusOf(refusal.Code));
        return Results.Json(problem, WireJson.Default.Problem, ContentType, problem.Status);
    }

    public static Task WriteAsync(HttpContext context, Refusal refusal, int? status = null) => Result(refusal, status).ExecuteAsync(context);

    /// <summary>For a status that the framework chose, such as a body that is no JSON.</summary>
    public static Task WriteForStatusAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        return WriteAsync(context, new Refusal(CodeOf(status), ReasonPhrases.GetReasonPhrase(status) + "."), status);
    }

    private static Problem ToProblem(Refusal refusal, int status) => new(refusal.Code, refusal.Text, status);

    private static int StatusOf(string code) => code switch
    {
        ErrorCodes.Invalid => StatusCodes.Status400BadRequest,
        ErrorCodes.Forbidden => StatusCodes.Status403Forbidden,
        ErrorCodes.NotFound => StatusCodes.Status404NotFound,
        ErrorCodes.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.RateLimited => StatusCodes.Status429TooManyRequests,
        ErrorCodes.Internal => StatusCodes.Status500InternalServerError,
        ErrorCodes.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status409Conflict,
    };

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => ErrorCodes.Forbidden,
        StatusCodes.Status404NotFound => ErrorCodes.NotFound,
        StatusCodes.Status413PayloadTooLarge => ErrorCodes.TooLarge,
        StatusCodes.Status503ServiceUnavailable => ErrorCodes.Unavailable,
        >= StatusCodes.Status500InternalServerError => ErrorCodes.Internal,
        _ => ErrorCodes.Invalid,
    };
}
