using CoPilot.CoBrowse.Hosting;

namespace CoPilot.ChatServer.Hosting;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Results.Text("alive")).AllowAnonymous();
        app.MapGet("/readyz", AnswerReadinessAsync).AllowAnonymous();
    }

    private static async Task<IResult> AnswerReadinessAsync(DrainService drain, IEngine engine, ICoBrowseEngine coBrowse)
    {
        if (drain.IsDraining)
        {
            return NotReady("draining");
        }

        return (await engine.FindTroubleAsync() ?? coBrowse.FindTrouble()) is { } trouble ? NotReady(trouble) : Results.Text("ready");
    }

    private static IResult NotReady(string why) => Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable);
}
