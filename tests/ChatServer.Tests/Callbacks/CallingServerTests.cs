using System.Net;
using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.Callbacks;

/// <summary>Calling as the whole server is configured.</summary>
public sealed class CallingServerTests : IAsyncDisposable
{
    private const string Number = "+31612345678";
    private const string Body = """{"eventId":"e1","attemptId":"at_1","status":"ringing"}""";

    private readonly TelephonyProvider _provider = new();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Dial_SiteWithoutProvider_IsLeftToTheAgent()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal(DialResult.LeftToAgent, await DialAsync(server));
    }

    [Fact]
    public async Task Link_WithAProviderConfigured_LeavesItAlone()
    {
        await using var server = await RunningServer.StartAsync(
            settings: [.. CallStatusServer.Settings, $"--Sites:{RunningServer.Site}:Callbacks:Dialer=link"],
            addServices: services => services.AddCallStatuses<RecordingCallStatusHandler>());

        Assert.Equal(DialResult.LeftToAgent, await DialAsync(server));
        await RunningServer.AssertProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, await TellAsync(server));
    }

    /// <summary>Each category, down to the framework's own traces, writes what it knows of requests.</summary>
    [Fact]
    public async Task DialAndTell_WithEverythingLogged_LogNoNumberAndNoSecret()
    {
        await _provider.StartAsync();
        await using var server = await RunningServer.StartAsync(
            settings:
            [
                .. CallStatusServer.Settings,
                $"--Sites:{RunningServer.Site}:Callbacks:Webhook:Url={_provider.Url}",
                "--DemoShop:Urls=http://127.0.0.1:0",
                "--Logging:LogLevel:Default=Trace",
            ],
            environment: "Development",
            addServices: services => services.AddCallStatuses<RecordingCallStatusHandler>());

        Assert.Equal(DialResult.Requested, await DialAsync(server));
        var told = await _provider.TellAsync(server.Address, RunningServer.Site, Body, server.Clock.GetUtcNow());

        Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        Assert.Single(_provider.Asked);
        Assert.NotEmpty(server.Log.Lines);
        Assert.DoesNotContain(server.Log.Lines, line => line.Text.Contains(Number[1..], StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, line => line.Text.Contains(TelephonyProvider.Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, line => line.Text.Contains("sha256=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("at_1")]
    [InlineData("unknown.3")]
    [InlineData("unknown.-3")]
    [InlineData("unknown.99999999999999999999")]
    [InlineData(".3")]
    public async Task Tell_OfNoAttempt_IsNotFound(string attemptId)
    {
        await using var server = await RunningServer.StartAsync(settings: CallStatusServer.Settings);
        var body = Body.Replace("at_1", attemptId, StringComparison.Ordinal);

        await RunningServer.AssertProblemAsync(
            HttpStatusCode.NotFound,
            ErrorCodes.NotFound,
            await _provider.TellAsync(server.Address, RunningServer.Site, body, server.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Tell_TooOften_HasToWait()
    {
        await using var server = await RunningServer.StartAsync(
            settings: [.. CallStatusServer.Settings, "--RateLimits:CallStatusesPerMinute=1"],
            addServices: services => services.AddCallStatuses<RecordingCallStatusHandler>());
        var response = await TellAsync(server);

        // On a slow machine another one becomes free between two of them.
        await Eventually.TrueAsync(async () => (response = await TellAsync(server)).StatusCode == HttpStatusCode.TooManyRequests);
        await RunningServer.AssertProblemAsync(HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited, response);
    }

    private static Task<DialResult> DialAsync(RunningServer server) =>
        server.Services.GetRequiredService<IDialer>()
            .DialAsync(new DialRequest(RunningServer.Site, "at_1", "ct_1", PhoneNumber.Parse(Number)!, "a_1"), _ => Task.FromResult(true)).Within();

    private Task<HttpResponseMessage> TellAsync(RunningServer server) =>
        _provider.TellAsync(server.Address, RunningServer.Site, Body, server.Clock.GetUtcNow());
}
