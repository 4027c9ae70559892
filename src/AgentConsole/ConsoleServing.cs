using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace CoPilot.AgentConsole;

/// <summary>
/// Serves the console's built files under <c>/agent/</c>: what the bundler named by its content for a year, everything else asked for anew each
/// time, and the start page for every address inside the app.
/// </summary>
public static class ConsoleServing
{
    public const string Root = "/agent";

    private const string StartPage = "index.html";

    /// <summary>Serves the files; before whatever answers 404.</summary>
    /// <param name="serve">Puts what sends them into the pipeline.</param>
    /// <param name="viewer">The viewer's origin, known once it listens; null when there is none.</param>
    public static void UseConsole(
        this IApplicationBuilder app, IFileProvider files, Action<IApplicationBuilder, StaticFileOptions> serve, Func<string?> viewer)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Root), console =>
        {
            console.Use((context, next) =>
            {
                ConsoleHeaders.Apply(context.Response.Headers, viewer());
                return next(context);
            });
            serve(console, new StaticFileOptions { RequestPath = Root, FileProvider = files, OnPrepareResponse = Cache });
        });
    }

    /// <summary>The start page, for <c>/agent/</c> and for every address in it that names no file.</summary>
    public static void MapConsole(this IEndpointRouteBuilder app, IFileProvider files) =>
        app.MapGet(Root + "/{**page:nonfile}", (HttpRequest request) => SendStartPage(request, files)).AllowAnonymous();

    private static IResult SendStartPage(HttpRequest request, IFileProvider files)
    {
        if (request.Path == Root)
        {
            return Results.LocalRedirect(Root + "/");
        }

        var page = files.GetFileInfo(StartPage);
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        return page.Exists ? Results.File(page.CreateReadStream(), "text/html; charset=utf-8") : Results.NotFound();
    }

    // Vite puts what it names by content into assets/.
    private static void Cache(StaticFileResponseContext response) =>
        response.Context.Response.Headers.CacheControl =
            response.Context.Request.Path.StartsWithSegments(Root + "/assets") ? "public, max-age=31536000, immutable" : "no-cache";
}
