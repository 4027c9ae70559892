using Microsoft.Extensions.FileProviders;

namespace CoPilot.ChatServer.DemoShop;

/// <summary>
/// The shop's HTML, which holds the chat's script tag exactly as any shop would write it, but for the server's address: that is not
/// known before the server listens, so it is written in when a page is served.
/// </summary>
internal static class DemoShopPages
{
    private const string Placeholder = "{{CoPilotServer}}";
    private const string Extension = ".html";

    public static void UsePages(this WebApplication shop, IFileProvider files, Func<string> server) => shop.Use(async (context, next) =>
    {
        var path = context.Request.Path.Value ?? "/";
        var page = path.EndsWith('/') ? files.GetFileInfo(path + "index" + Extension) : files.GetFileInfo(path);
        if (!page.Exists || !page.Name.EndsWith(Extension, StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        using var reader = new StreamReader(page.CreateReadStream());
        var html = await reader.ReadToEndAsync(context.RequestAborted);
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html.Replace(Placeholder, server(), StringComparison.Ordinal), context.RequestAborted);
    });
}
