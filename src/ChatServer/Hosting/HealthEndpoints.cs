using CoPilot.ChatServer.Sqlite;
using Microsoft.Data.Sqlite;

namespace CoPilot.ChatServer.Hosting;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Results.Text("alive")).AllowAnonymous();
        app.MapGet("/readyz", AnswerReadiness).AllowAnonymous();
    }

    private static IResult AnswerReadiness(DrainService drain, SqliteDatabase database) =>
        (drain.IsDraining, Answers(database)) switch
        {
            (true, _) => Results.Text("draining", statusCode: StatusCodes.Status503ServiceUnavailable),
            (_, false) => Results.Text("the store does not answer", statusCode: StatusCodes.Status503ServiceUnavailable),
            _ => Results.Text("ready"),
        };

    private static bool Answers(SqliteDatabase database)
    {
        try
        {
            return database.Read(session => session.Scalar("SELECT 1")) is not null;
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
            return false;
        }
    }
}
