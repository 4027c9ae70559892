using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.DemoShop;

/// <summary>
/// A second small web server with static shop pages, so that a newcomer sees the chat where it belongs: on somebody else's origin.
/// </summary>
internal sealed class DemoShopServer(IOptions<DemoShopOptions> options, ServerAddresses server, OriginPolicy origins, Assets assets)
    : IHostedService, IAsyncDisposable
{
    private const string SiteId = "demo";

    private WebApplication? _shop;

    /// <summary>As a browser names it; null until it listens.</summary>
    public string? Address { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _shop = Build();
        try
        {
            await _shop.StartAsync(cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new StartupException($"The demo shop: {taken.Message.TrimEnd('.')}. Choose another address: --DemoShop:Urls=http://localhost:PORT", taken);
        }

        // The port may have been left to the system.
        var bound = BindingAddress.Parse(_shop.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Address = Origins.Normalize($"{bound.Scheme}://{new Uri(options.Value.Urls).Host}:{bound.Port}");
        origins.Add(SiteId, Address);
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
