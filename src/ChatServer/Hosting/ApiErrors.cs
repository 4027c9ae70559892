using CoPilot.Contracts;
using CoPilot.Realtime;
using CoPilot.Realtime.Outcomes;
using Microsoft.AspNetCore.Diagnostics;

namespace CoPilot.ChatServer.Hosting;

/// <summary>Turns what goes wrong inside a request into a problem without anything internal in it.</summary>
internal static class ApiErrors
{
    public static void UseApiErrors(this WebApplication app)
    {
        var outages = app.Services.GetRequiredService<StoreOutages>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = WriteExceptionAsync,
            SuppressDiagnosticsCallback = failure => IsOutage(failure, outages),
        });
        app.UseStatusCodePages(pages => Problems.WriteForStatusAsync(pages.HttpContext));
    }

    /// <summary>An outage is logged once and not for each request.</summary>
    private static bool IsOutage(ExceptionHandlerSuppressDiagnosticsContext failure, StoreOutages outages)
    {
        if (failure.Exception is not StoreUnavailableException error)
        {
            return false;
        }

        outages.Note(failure.HttpContext.Request.Path, error);
        return true;
    }

    private static Task WriteExceptionAsync(HttpContext context) => Problems.WriteAsync(
        context,
        context.Features.Get<IExceptionHandlerFeature>()?.Error is StoreUnavailableException
            ? new Refusal(ErrorCodes.Unavailable, "The store is out of reach; try again.")
            : new Refusal(ErrorCodes.Internal, "Something went wrong here."));
}
