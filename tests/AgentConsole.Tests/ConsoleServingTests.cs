using System.Net;
using CoPilot.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace CoPilot.AgentConsole.Tests;

public sealed class ConsoleServingTests : IAsyncLifetime
{
    private const string Viewer = "https://viewer.example";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder.File("assets"));
        await File.WriteAllTextAsync(_folder.File("index.html"), "<!doctype html>", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.File("icon.svg"), "<svg/>", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.File("assets/index-abc.js"), "1", TestContext.Current.CancellationToken);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        var files = new PhysicalFileProvider(_folder.Path);
        _app.UseConsole(files, (app, options) => app.UseStaticFiles(options), () => Viewer);
        _app.MapConsole(files);
        await _app.StartAsync(TestContext.Current.CancellationToken).Within();
        _http.BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/agent/")]
    [InlineData("/agent/chats/c_1")]
    public async Task Get_AnyAddressInTheApp_IsTheStartPageAskedForAnew(string path)
    {
        var response = await GetAsync(path);

        Assert.Equal("<!doctype html>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).Within());
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Get_WithoutTheSlash_LeadsThere() => Assert.Equal("/agent/", (await GetAsync("/agent")).Headers.Location?.OriginalString);

    [Fact]
    public async Task Get_FileNamedByItsContent_IsCachedForAYear() =>
        Assert.Contains("immutable", (await GetAsync("/agent/assets/index-abc.js")).Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);

    [Fact]
    public async Task Get_OtherFile_IsAskedForAnew() => Assert.Equal("no-cache", (await GetAsync("/agent/icon.svg")).Headers.CacheControl?.ToString());

    [Fact]
    public async Task Get_MissingFile_IsNotFound() => Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/agent/assets/old.js")).StatusCode);

    [Theory]
    [InlineData("/agent/")]
    [InlineData("/agent/assets/index-abc.js")]
    public async Task Get_Anything_IsUnderTheStrictPolicy(string path)
    {
        var policy = (await GetAsync(path)).Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path, TestContext.Current.CancellationToken).Within();
}
