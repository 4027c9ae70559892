using CoPilot.AgentConsole;
using CoPilot.ChatServer.CoPilot;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace CoPilot.ChatServer.Hosting;

/// <summary>
/// The files for browsers: <c>/copilot.js</c> and <c>/copilot-page.js</c>, which shops name in their pages, the hashed modules that they load from
/// <c>/client/</c>, and the console.
/// </summary>
internal static class BrowserFiles
{
    private const string Modules = "/client";

    private static readonly PathString[] Scripts = ["/copilot.js", "/copilot-page.js"];

    /// <summary>Answers of the API are left out: compressing what mixes secrets with a stranger's words tells of the secrets by its length.</summary>
    private static readonly string[] Compressed = ["text/javascript", "text/css", "text/html", "image/svg+xml"];

    public static IServiceCollection AddBrowserFiles(this IServiceCollection services) =>
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = Compressed;
        });

    public static void UseBrowserFiles(this WebApplication app)
    {
        app.UseResponseCompression();
        var client = new PhysicalFileProvider(app.Services.GetRequiredService<Assets>().Folder("client"));
        app.UseWhen(
            context => Scripts.Contains(context.Request.Path) || context.Request.Path.StartsWithSegments(Modules),
            scripts => scripts.UseFiles(new StaticFileOptions { FileProvider = client, OnPrepareResponse = LetShopsUse }));
        var viewer = app.Services.GetRequiredService<ViewerServer>();
        app.UseConsole(ConsoleFiles(app), CompressedFiles.UseFiles, () => viewer.Origin);
    }

    public static void MapBrowserFiles(this WebApplication app)
    {
        app.MapConsole(ConsoleFiles(app));
        app.MapGet("/", () => Results.LocalRedirect(ConsoleServing.Root + "/")).AllowAnonymous();
    }

    private static PhysicalFileProvider ConsoleFiles(WebApplication app) => new(app.Services.GetRequiredService<Assets>().Folder("console"));

    /// <summary>Any page may load these: they hold nothing secret, and modules are fetched with CORS.</summary>
    private static void LetShopsUse(StaticFileResponseContext response)
    {
        var headers = response.Context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";

        // The scripts keep their names, so they are asked for again soon and answered by their ETag; modules are named by their content.
        headers.CacheControl = Scripts.Contains(response.Context.Request.Path) ? "public, max-age=60" : "public, max-age=31536000, immutable";
    }
}
