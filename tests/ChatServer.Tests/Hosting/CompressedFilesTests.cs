using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CoPilot.ChatServer.CoPilot;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.Hosting;

public sealed class CompressedFilesTests : IAsyncLifetime
{
    private const string Module = "/client/chat-abc123.js";
    private const string Style = "/agent/assets/index-abc123.css";
    private const string ViewerScript = "/viewer-abc.js";

    private static readonly string Code = string.Concat(Enumerable.Repeat("console.log('hello');\n", 200));

    private static readonly Dictionary<string, byte[]> Forms = new()
    {
        [""] = Encoding.UTF8.GetBytes(Code),
        ["br"] = Compress(stream => new BrotliStream(stream, CompressionLevel.SmallestSize)),
        ["gzip"] = Compress(stream => new GZipStream(stream, CompressionLevel.SmallestSize)),
    };

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync((server, _) =>
    {
        Write(server, "client/copilot.js");
        Write(server, "client" + Module);
        Write(server, "console/assets/index-abc123.css");
        Write(server, "viewer" + ViewerScript);
        File.Delete(Path.Combine(server.AssetFolder, "client/copilot.js.br"));
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("BR", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("*", "br")]
    [InlineData("br;q=0.5, gzip", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("gzip, identity", "gzip")]
    [InlineData("br;q=0.5, identity", "")]
    [InlineData("br;q=0, gzip;q=0", "")]
    [InlineData("*;q=0", "")]
    [InlineData("identity", "")]
    [InlineData(null, "")]
    public async Task File_InSeveralForms_IsSentInTheOneThatTheBrowserLikesBest(string? accepted, string coding)
    {
        foreach (var url in (string[])[Module, Style, Viewer + ViewerScript])
        {
            await AssertSentAsync(await SendAsync(url, accepted), url, coding);
        }
    }

    [Fact]
    public async Task File_WhoseBestFormIsMissing_IsSentInTheNext() => await AssertSentAsync(await SendAsync("/copilot.js", "br, gzip"), "/copilot.js", "gzip");

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Head_OfAForm_TellsOfItWithoutSendingIt(string coding)
    {
        foreach (var url in (string[])[Module, Viewer + ViewerScript])
        {
            var response = await SendAsync(url, coding, HttpMethod.Head);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal([coding], response.Content.Headers.ContentEncoding);
            Assert.Equal(Forms[coding].Length, response.Content.Headers.ContentLength);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync().Within());
        }
    }

    [Fact]
    public async Task ETag_OfAForm_IsItsOwn()
    {
        var tags = new HashSet<EntityTagHeaderValue>();
        foreach (var coding in Forms.Keys)
        {
            var tag = (await SendAsync(Module, coding)).Headers.ETag!;
            Assert.True(tags.Add(tag));
            Assert.Equal(HttpStatusCode.NotModified, (await SendAsync(Module, coding, adjust: request => request.Headers.IfNoneMatch.Add(tag))).StatusCode);
        }

        var other = await SendAsync(Module, "gzip", adjust: request => request.Headers.IfNoneMatch.Add(tags.First()));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Range_OfAForm_IsOfItsBytes()
    {
        var whole = await SendAsync(Module, "br");

        var response = await SendAsync(Module, "br", adjust: request =>
        {
            request.Headers.Range = new RangeHeaderValue(5, 9);
            request.Headers.IfRange = new RangeConditionHeaderValue(whole.Headers.ETag!);
        });

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        Assert.Equal($"bytes 5-9/{Forms["br"].Length}", response.Content.Headers.ContentRange?.ToString());
        Assert.Equal(Forms["br"][5..10], await response.Content.ReadAsByteArrayAsync().Within());
    }

    [Fact]
    public async Task Range_ContinuedInAnotherForm_StartsAnew()
    {
        var whole = await SendAsync(Module, "gzip");

        var response = await SendAsync(Module, "br", adjust: request =>
        {
            request.Headers.Range = new RangeHeaderValue(5, 9);
            request.Headers.IfRange = new RangeConditionHeaderValue(whole.Headers.ETag!);
        });

        await AssertSentAsync(response, Module, "br");
    }

    [Theory]
    [InlineData(Module + ".br")]
    [InlineData(Module + ".gz")]
    [InlineData(Style + ".br")]
    public async Task Form_ByItsName_IsNotFound(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(path, "br, gzip")).StatusCode);

    [Fact]
    public async Task Form_OfAModule_IsForAnyPageForAYear()
    {
        var response = await SendAsync(Module, "br");

        Assert.Equal(["*"], response.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Contains("immutable", response.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
        Assert.Equal("public, max-age=60", (await SendAsync("/copilot.js", "gzip")).Headers.GetValues("Cache-Control").Single());
    }

    private string Viewer => _server.Services.GetRequiredService<ViewerServer>().Origin!;

    private static async Task AssertSentAsync(HttpResponseMessage response, string url, string coding)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(coding is "" ? [] : [coding], response.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], response.Headers.GetValues("Vary"));
        Assert.Equal(url == Style ? "text/css" : "text/javascript", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Forms[coding].Length, response.Content.Headers.ContentLength);
        Assert.Equal(Forms[coding], await response.Content.ReadAsByteArrayAsync().Within());
    }

    private async Task<HttpResponseMessage> SendAsync(string url, string? accepted, HttpMethod? method = null, Action<HttpRequestMessage>? adjust = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, url);
        if (accepted is { Length: > 0 })
        {
            request.Headers.AcceptEncoding.ParseAdd(accepted);
        }

        adjust?.Invoke(request);
        return await _server.Http.SendAsync(request).Within();
    }

    private static void Write(RunningServer server, string path)
    {
        var file = Path.Combine(server.AssetFolder, path);
        File.WriteAllBytes(file, Forms[""]);
        File.WriteAllBytes(file + ".br", Forms["br"]);
        File.WriteAllBytes(file + ".gz", Forms["gzip"]);
    }

    private static byte[] Compress(Func<Stream, Stream> form)
    {
        using var compressed = new MemoryStream();
        using (var stream = form(compressed))
        {
            stream.Write(Encoding.UTF8.GetBytes(Code));
        }

        return compressed.ToArray();
    }
}
