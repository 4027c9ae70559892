using CoPilot.ChatServer.Hosting;
using CoPilot.CoBrowse.Sessions;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.CoPilot;

/// <summary>
/// A second small web server with nothing but the viewer of customers' pages, on an origin where nothing else is: whatever got out of a page there would
/// find no session, no API and no hub.
/// </summary>
internal sealed class ViewerServer(IOptions<CoBrowseOptions> options, ServerAddresses server, IHostEnvironment environment, Assets assets)
    : IHostedService, IPageViewer, IAsyncDisposable
{
    private const string DevelopmentUrls = "http://localhost:5082";

    private WebApplication? _viewer;

    /// <summary>As a browser names it; null until it listens, or when there is none.</summary>
    public string? Origin { get; private set; }

    public string? Url => Origin is { } origin ? origin + "/" : null;

    private string? Urls => options.Value.ViewerUrls ?? (environment.IsDevelopment() ? DevelopmentUrls : null);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Urls is not { Length: > 0 } urls)
        {
            return;
        }

        _viewer = Build(urls);
        var bound = await _viewer.ListenAsync("The viewer", "CoBrowse:ViewerUrls", urls, cancellationToken);
        Origin = options.Value.ViewerOrigin is { Length: > 0 } seen ? Origins.Normalize(seen) : bound;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _viewer?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _viewer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private WebApplication Build(string urls)
    {
        var files = ViewerFiles.Read(assets.Folder("viewer"));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(urls).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var viewer = builder.Build();
        viewer.Run(context =>
        {
            var consoles = server.OwnOrigins;
            ViewerHeaders.Apply(context.Response.Headers, consoles);
            return files.AnswerAsync(context, consoles);
        });
        return viewer;
    }
}
