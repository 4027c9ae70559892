using System.Net;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Hosting;

public sealed class BrowserFilesTests : IAsyncLifetime
{
    private static readonly string Code = string.Concat(Enumerable.Repeat("console.log('hello');\n", 200));

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync((server, _) =>
    {
        Write(server, "client/copilot.js");
        Write(server, "client/copilot-page.js");
        Write(server, "client/manifest.json");
        Write(server, "client/client/chat-abc123.js");
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/copilot.js")]
    [InlineData("/copilot-page.js")]
    public async Task Script_FromAnyPage_IsCachedShortlyAndAnsweredByItsETag(string script)
    {
        var first = await GetAsync(script);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("public, max-age=60", first.Headers.CacheControl?.ToString());
        Assert.Equal("text/javascript", first.Content.Headers.ContentType?.MediaType);
        AssertForAnyPage(first);
        using var again = new HttpRequestMessage(HttpMethod.Get, script);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await _server.Http.SendAsync(again).Within()).StatusCode);
    }

    [Fact]
    public async Task Module_NamedByItsContent_IsCachedForAYear()
    {
        var response = await GetAsync("/client/chat-abc123.js");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("immutable", response.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
        AssertForAnyPage(response);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Script_ForABrowser_IsCompressed(string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/copilot.js");
        request.Headers.AcceptEncoding.ParseAdd(encoding);

        var response = await _server.Http.SendAsync(request).Within();

        Assert.Equal([encoding], response.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        Assert.True((await response.Content.ReadAsByteArrayAsync().Within()).Length < Code.Length / 10);
    }

    [Fact]
    public async Task Answer_OfTheApi_IsNeverCompressed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/agents/me");
        request.Headers.AcceptEncoding.ParseAdd("br");

        Assert.Empty((await _server.Http.SendAsync(request).Within()).Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("/manifest.json")]
    [InlineData("/client/chat-old.js")]
    [InlineData("/client/")]
    [InlineData("/client/..%2fmanifest.json")]
    [InlineData("/client/%2e%2e/%2e%2e/data/signing.key")]
    public async Task Anything_ThatIsNotForBrowsers_IsNotFound(string path) => Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(path)).StatusCode);

    [Fact]
    public async Task Answer_OfAnyKind_NamesNoServerAndFixesItsType()
    {
        foreach (var path in (string[])["/copilot.js", "/healthz", "/api/agents/me", "/nothing"])
        {
            var response = await GetAsync(path);
            Assert.False(response.Headers.Contains("Server"));
            Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
            Assert.Equal(["default-src 'none'; frame-ancestors 'none'"], response.Headers.GetValues("Content-Security-Policy"));
        }
    }

    [Fact]
    public async Task Root_LeadsToTheConsole() => Assert.Equal("/agent/", (await GetAsync("/")).Headers.Location?.OriginalString);

    private static void AssertForAnyPage(HttpResponseMessage response)
    {
        Assert.Equal(["*"], response.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["cross-origin"], response.Headers.GetValues("Cross-Origin-Resource-Policy"));
    }

    private static void Write(RunningServer server, string path) => File.WriteAllText(Path.Combine(server.AssetFolder, path), Code);

    private Task<HttpResponseMessage> GetAsync(string path) => _server.Http.GetAsync(path).Within();
}
