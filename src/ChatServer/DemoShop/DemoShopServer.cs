using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.CoBrowse.Scope;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.DemoShop;

/// <summary>
/// A second small web server with static shop pages, so that a newcomer sees the chat where it belongs: on somebody else's origin.
/// </summary>
internal sealed class DemoShopServer(IOptions<DemoShopOptions> options, ServerAddresses server, OriginPolicy origins, Assets assets, ILogger<DemoShopServer> logger)
    : IHostedService, IAsyncDisposable
{
    private const string SiteId = "demo";

    private WebApplication? _shop;

    /// <summary>As a browser names it; null until it listens.</summary>
    public string? Address { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _shop = Build();
        Address = await _shop.ListenAsync("The demo shop", "DemoShop:Urls", options.Value.Urls, cancellationToken);
        origins.Add(SiteId, Address);
        if (!ScopeFaults.IsSafeOrigin(Address))
        {
            HostingLog.ShopNotShown(logger, Address);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _shop?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _shop?.DisposeAsync() ?? ValueTask.CompletedTask;

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Value.Urls).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var shop = builder.Build();
        shop.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy(server.Primary);
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-cache";
            return next(context);
        });

        var pages = new PhysicalFileProvider(assets.Folder("demo-shop"));
        shop.UsePages(pages, () => server.Primary);
        shop.UseStaticFiles(new StaticFileOptions { FileProvider = pages });
        return shop;
    }

    /// <summary>As a careful shop would write it: the chat must work without inline scripts or styles.</summary>
    private static string Policy(string server) =>
        $"default-src 'none'; script-src 'self' {server}; connect-src 'self' {server} {WebSocketOf(server)}; style-src 'self'; "
        + "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static string WebSocketOf(string origin) => "ws" + origin["http".Length..];
}
