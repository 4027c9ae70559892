using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CoPilot.TestKit;

/// <summary>
/// A telephony provider over real HTTP: it is asked for calls, and tells how they go, both signed as <c>docs/callbacks-webhook.md</c> says and with nothing of the
/// product's code. It answers 401 to what is not signed, and 200 unless told otherwise.
/// </summary>
public sealed class TelephonyProvider : IAsyncDisposable
{
    public const string Path = "/calls";
    public const string MovedPath = "/moved";
    public const string Secret = "cHJvdmlkZXIta2V5LXByb3ZpZGVyLWtleS1wcm92aWRlci1rZXk=";

    private readonly PortLease _port = PortLease.Take();
    private readonly ConcurrentQueue<AskedCall> _asked = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private WebApplication? _app;

    /// <summary>Where it listens, once it does.</summary>
    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port.Number}{Path}"));

    /// <summary>What it was asked with a right signature, repetitions too.</summary>
    public IReadOnlyList<AskedCall> Asked => [.. _asked];

    /// <summary>How requests that were signed are answered from now on.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url.GetLeftPart(UriPartial.Authority));
        _app = builder.Build();
        _app.MapPost(Path, TakeAsync);
        _app.MapPost(MovedPath, TakeAsync);
        await _app.StartAsync().Within();
    }

    /// <summary>Tells how a call goes.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="sentAt">What the timestamp says.</param>
    public Task<HttpResponseMessage> TellAsync(Uri server, string site, string body, DateTimeOffset sentAt, string secret = Secret)
    {
        var timestamp = sentAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return TellAsync(server, site, body, timestamp, Sign(secret, timestamp, body));
    }

    /// <summary>The same with any headers; null leaves one out.</summary>
    public async Task<HttpResponseMessage> TellAsync(Uri server, string site, string body, string? timestamp, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, $"/api/callbacks/{site}/status"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        Add(request.Headers, "X-CoPilot-Timestamp", timestamp);
        Add(request.Headers, "X-CoPilot-Signature", signature);
        return await _http.SendAsync(request).Within();
    }

    public static string Sign(string secret, string timestamp, string body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Convert.FromBase64String(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _port.Dispose();
    }

    private static void Add(HttpRequestHeaders headers, string name, string? value)
    {
        if (value is not null)
        {
            headers.Add(name, value);
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var timestamp = context.Request.Headers["X-CoPilot-Timestamp"].ToString();
        if (context.Request.Headers["X-CoPilot-Signature"] != Sign(Secret, timestamp, body))
        {
            context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
            return;
        }

        _asked.Enqueue(new AskedCall(
            context.Request.Path,
            context.Request.Headers["Idempotency-Key"].ToString(),
            long.Parse(timestamp, CultureInfo.InvariantCulture),
            context.Request.ContentType ?? "",
            JsonDocument.Parse(body).RootElement));
        await Answer(context);
    }
}

/// <param name="Timestamp">Unix seconds.</param>
public sealed record AskedCall(string Path, string IdempotencyKey, long Timestamp, string ContentType, JsonElement Body);
