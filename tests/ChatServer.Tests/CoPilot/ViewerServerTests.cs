using System.Net;
using CoPilot.ChatServer.CoPilot;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.CoPilot;

public sealed class ViewerServerTests : IAsyncLifetime
{
    private const string Script = "/viewer-abc.js";

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private string Viewer => _server.Services.GetRequiredService<ViewerServer>().Origin!;

    [Fact]
    public async Task Page_NamesTheConsolesOriginsAndNothingMayBeFetched()
    {
        var page = await _server.Http.GetAsync(Viewer + "/").Within();

        var consoles = $"{_server.Origin} {_server.Origin.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}";
        Assert.Equal($"<meta content=\"{consoles}\"><script src=\"{Script}\">", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).Within());
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'none'; img-src data: blob:; font-src data:; "
            + $"frame-src 'none'; form-action 'none'; base-uri 'none'; object-src 'none'; frame-ancestors {consoles}",
            page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("no-cache", page.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Script_NamedByItsContent_IsCachedForAYear()
    {
        var script = await _server.Http.GetAsync(Viewer + Script).Within();

        Assert.Equal("1", await script.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).Within());
        Assert.Contains("immutable", script.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
        Assert.Equal("text/javascript", script.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/index.html")]
    [InlineData("/agent/")]
    [InlineData("/copilot.js")]
    [InlineData("/api/agents/me")]
    [InlineData("/hubs/chat")]
    [InlineData("/healthz")]
    [InlineData("/..%2findex.html")]
    public async Task AnythingElse_OnTheViewersOrigin_IsNotThere(string path)
    {
        var response = await _server.Http.GetAsync(Viewer + path).Within();

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ToTheViewer_IsNotAllowed()
    {
        var response = await _server.Http.PostAsync(Viewer + "/", null).Within();

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData(Script)]
    [InlineData("/viewer/")]
    [InlineData("/viewer/index.html")]
    public async Task MainOrigin_HasNoViewer(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Http.GetAsync(_server.Origin + path).Within()).StatusCode);

    [Fact]
    public async Task Console_MayFrameTheViewerAndNothingElse()
    {
        await File.WriteAllTextAsync(Path.Combine(_server.AssetFolder, "console", "index.html"), "console", TestContext.Current.CancellationToken);

        var page = await _server.Http.GetAsync(_server.Origin + "/agent/").Within();

        Assert.EndsWith($"; frame-src {Viewer}", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OutsideDevelopment_WithoutAnAddress_ThereIsNone()
    {
        await using var server = await RunningServer.StartAsync(viewerUrls: null);

        Assert.Null(server.Services.GetRequiredService<ViewerServer>().Origin);
    }

    [Theory]
    [InlineData("--CoBrowse:ViewerUrls=nowhere", "CoBrowse:ViewerUrls: 'nowhere' is not an address")]
    [InlineData("--CoBrowse:ViewerOrigin=https://viewer.example/path", "CoBrowse:ViewerOrigin: 'https://viewer.example/path' is not an origin")]
    [InlineData("--CoBrowse:ViewerOrigin=https://Chat.shop.example", "CoBrowse:ViewerOrigin: 'https://Chat.shop.example' is the host")]
    [InlineData("--CoBrowse:ViewerOrigin=https://chat.shop.example:8443", "CoBrowse:ViewerOrigin: 'https://chat.shop.example:8443' is the host")]
    [InlineData("--CoBrowse:ViewerOrigin=https://viewer.chat.shop.example", "CoBrowse:ViewerOrigin: 'https://viewer.chat.shop.example' is the host")]
    [InlineData("--CoBrowse:ViewerOrigin=https://www.shop.example", "CoBrowse:ViewerOrigin: 'https://www.shop.example' is the host")]
    [InlineData("--CoBrowse:ViewerOrigin=https://viewer.www.other.example", "CoBrowse:ViewerOrigin: 'https://viewer.www.other.example' is the host")]
    [InlineData("--CoBrowse:ViewerOrigin=https://bücher.example", "an international name written as xn--")]
    [InlineData("--CoBrowse:ViewerUrls=https://127.0.0.1:0", "CoBrowse:ViewerUrls: 'https://127.0.0.1:0' is not an address")]
    [InlineData("--CoBrowse:ViewerUrls=http://0.0.0.0:0", "CoBrowse:ViewerUrls: no browser can open 'http://0.0.0.0:0'")]
    [InlineData("--CoBrowse:ViewerUrls=http://[::]:0", "CoBrowse:ViewerUrls: no browser can open 'http://[::]:0'")]
    [InlineData("--CoBrowse:ViewerUrls=http://192.0.2.1:5082", "The viewer cannot listen on http://192.0.2.1:5082")]
    public async Task Start_WithAnAddressThatIsNone_SaysSo(string setting, string fault)
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(
            () => RunningServer.StartAsync(settings: ["--PublicOrigins=https://chat.shop.example", setting])).Within();

        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAnOriginAndNothingThatListens_SaysSo()
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(
            () => RunningServer.StartAsync(settings: ["--CoBrowse:ViewerOrigin=https://viewer.example"], viewerUrls: null)).Within();

        Assert.Contains("CoBrowse:ViewerUrls: the viewer that browsers see at 'https://viewer.example'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithTheScriptOfAnEarlierBuildBesideIt_ServesTheOneThatThePageNames()
    {
        await using var server = await RunningServer.StartAsync(
            (running, _) => File.WriteAllText(Path.Combine(running.AssetFolder, "viewer", "viewer-aaa.js"), "2"));

        var script = await server.Http.GetStringAsync(server.Services.GetRequiredService<ViewerServer>().Origin + Script).Within();

        Assert.Equal("1", script);
    }

    [Fact]
    public async Task Origin_BehindAProxy_IsTheOneThatBrowsersSee()
    {
        await using var server = await RunningServer.StartAsync(settings: ["--CoBrowse:ViewerOrigin=https://viewer.example"]);

        Assert.Equal("https://viewer.example", server.Services.GetRequiredService<ViewerServer>().Origin);
    }
}
