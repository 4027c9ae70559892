using CoPilot.ChatServer.Outcomes;
using CoPilot.Contracts;
using CoPilot.Realtime;
using Microsoft.AspNetCore.Diagnostics;

namespace CoPilot.ChatServer.Hosting;

/// <summary>Turns what goes wrong inside a request into a problem without anything internal in it.</summary>
internal static class ApiErrors
{
    public static void UseApiErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = WriteExceptionAsync });
        app.UseStatusCodePages(pages => Problems.WriteForStatusAsync(pages.HttpContext));
    }

    private static Task WriteExceptionAsync(HttpContext context) => Problems.WriteAsync(
        context,
        context.Features.Get<IExceptionHandlerFeature>()?.Error is StoreUnavailableException
            ? new Refusal(ErrorCodes.Unavailable, "The store is out of reach; try again.")
            : new Refusal(ErrorCodes.Internal, "Something went wrong here."));
}
