using System.Net;
using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Sites;
using CoPilot.Realtime;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Callbacks;

public sealed class WebhookDialerTests : IAsyncDisposable
{
    private const string Number = "+31612345678";
    private const string Failure = "try ";

    private static readonly DialRequest Request = new("shop", "at_1", "ct_1", PhoneNumber.Parse(Number)!, "a_1");

    private readonly LogWatcher _log = new();
    private readonly TestMeters _meters = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly TelephonyProvider _provider = new();
    private readonly HttpClient _http = ProviderConnections.Open();
    private readonly WebhookDialer _dialer;

    public WebhookDialerTests()
    {
        _log.Expect("The provider of site shop");
        _dialer = new WebhookDialer(
            new CallWebhook(_provider.Url, Convert.FromBase64String(TelephonyProvider.Secret), TimeSpan.FromSeconds(5)),
            _http,
            _clock,
            new CallMetrics(_meters),
            _log.For<WebhookDialer>());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _provider.DisposeAsync();
        _meters.Dispose();
        Assert.DoesNotContain(_log.Lines, line => line.Text.Contains(Number[1..], StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Text.Contains(TelephonyProvider.Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Text.Contains(TelephonyProvider.Path, StringComparison.Ordinal));
        _log.Dispose();
    }

    [Fact]
    public async Task Dial_ProviderTakesIt_IsAskedOnceAndSigned()
    {
        await _provider.StartAsync();
        var counted = new List<long>();
        using var listener = _meters.Listen<long>("copilot.callbacks.dialled", counted.Add);

        Assert.Equal(DialResult.Requested, await DialAsync().Within());

        var asked = Assert.Single(_provider.Asked);
        Assert.Equal(("at_1", _clock.GetUtcNow().ToUnixTimeSeconds(), "application/json"), (asked.IdempotencyKey, asked.Timestamp, asked.ContentType));
        Assert.Equal(
            """{"attemptId":"at_1","callbackId":"ct_1","site":"shop","number":"+31612345678","agentId":"a_1"}""", asked.Body.GetRawText());
        Assert.Equal(Number, asked.Body.GetProperty("number").GetString());
        Assert.Equal([1], counted);
    }

    [Fact]
    public async Task Dial_ProviderDownThenUp_IsRepeatedAfterGrowingPauses()
    {
        var dialled = DialAsync();
        await AfterTryAsync(1, WebhookDialer.Pauses[0]);
        await AfterTryAsync(2, WebhookDialer.Pauses[1]);
        await AfterTryAsync(3, null);
        await _provider.StartAsync();
        _clock.Advance(WebhookDialer.Pauses[2] - TimeSpan.FromMilliseconds(1));
        Assert.False(dialled.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(DialResult.Requested, await dialled.Within());
        var asked = Assert.Single(_provider.Asked);
        Assert.Equal("at_1", asked.IdempotencyKey);
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeSeconds(), asked.Timestamp);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Dial_ProviderCannotAtPresent_IsRepeatedAFewTimes(HttpStatusCode status)
    {
        await _provider.StartAsync();
        Answer(status);

        var dialled = DialAsync();
        for (var tries = 1; tries <= WebhookDialer.Pauses.Count; tries++)
        {
            await AfterTryAsync(tries, WebhookDialer.Pauses[tries - 1]);
        }

        Assert.Equal(DialResult.Unreachable, await dialled.Within());
        Assert.Equal(WebhookDialer.Pauses.Count + 1, _provider.Asked.Count);
        Assert.All(_provider.Asked, asked => Assert.Equal("at_1", asked.IdempotencyKey));
        Assert.Single(_provider.Asked.Select(asked => asked.Body.GetRawText()).Distinct());
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Dial_ProviderRefuses_IsNotRepeated(HttpStatusCode status)
    {
        await _provider.StartAsync();
        Answer(status);

        Assert.Equal(DialResult.Refused, await DialAsync().Within());
        Assert.Single(_provider.Asked);
    }

    [Theory]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    [InlineData(HttpStatusCode.PermanentRedirect)]
    public async Task Dial_ProviderRedirects_IsNotFollowed(HttpStatusCode status)
    {
        await _provider.StartAsync();
        _provider.Answer = context =>
        {
            context.Response.StatusCode = (int)status;
            context.Response.Headers.Location = TelephonyProvider.MovedPath;
            return Task.CompletedTask;
        };

        Assert.Equal(DialResult.Refused, await DialAsync().Within());
        Assert.Equal(TelephonyProvider.Path, Assert.Single(_provider.Asked).Path);
    }

    /// <summary>The provider never ends its answer: whoever read it would never come back.</summary>
    [Fact]
    public async Task Dial_AnswerWithoutEnd_CountsByItsStatus()
    {
        await _provider.StartAsync();
        _provider.Answer = async context =>
        {
            var block = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        };

        Assert.Equal(DialResult.Requested, await DialAsync().Within());
    }

    [Fact]
    public async Task Dial_AnswerWithHugeHeaders_CountsAsNone()
    {
        await _provider.StartAsync();
        _provider.Answer = context =>
        {
            context.Response.Headers["X-Large"] = new string('x', 60 * 1024);
            return Task.CompletedTask;
        };

        var dialled = DialAsync();
        await AfterTryAsync(1, null);
        _provider.Answer = _ => Task.CompletedTask;
        _clock.Advance(WebhookDialer.Pauses[0]);

        Assert.Equal(DialResult.Requested, await dialled.Within());
    }

    [Fact]
    public async Task Dial_ProviderIsSilent_IsRepeatedAfterTheTimeout()
    {
        await _provider.StartAsync();
        var came = new TaskCompletionSource();
        _provider.Answer = async context =>
        {
            came.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        };
        var dialled = DialAsync();
        await came.Task.Within();
        _provider.Answer = _ => Task.CompletedTask;

        _clock.Advance(TimeSpan.FromSeconds(5));
        await AfterTryAsync(1, WebhookDialer.Pauses[0]);

        Assert.Equal(DialResult.Requested, await dialled.Within());
        Assert.Equal(["at_1", "at_1"], _provider.Asked.Select(asked => asked.IdempotencyKey));
    }

    [Fact]
    public async Task Dial_AttemptIsOver_AsksNobody()
    {
        await _provider.StartAsync();

        Assert.Equal(DialResult.Over, await DialAsync(_ => Task.FromResult(false)).Within());
        Assert.Empty(_provider.Asked);
    }

    [Fact]
    public async Task Dial_AttemptEndsDuringAPause_IsNotRepeated()
    {
        await _provider.StartAsync();
        Answer(HttpStatusCode.BadGateway);
        var stands = true;
        var dialled = DialAsync(_ => Task.FromResult(stands));
        await AfterTryAsync(1, null);

        stands = false;
        _clock.Advance(WebhookDialer.Pauses[0]);

        Assert.Equal(DialResult.Over, await dialled.Within());
        Assert.Single(_provider.Asked);
    }

    [Fact]
    public async Task Dial_StoreCannotTellWhetherItStands_AsksNobodyMeanwhile()
    {
        await _provider.StartAsync();
        var isAway = true;
        var dialled = DialAsync(_ => isAway ? throw new StoreUnavailableException("away") : Task.FromResult(true));
        await _clock.TimerSetAsync();
        Assert.Empty(_provider.Asked);

        isAway = false;
        _clock.Advance(WebhookDialer.Pauses[0]);

        Assert.Equal(DialResult.Requested, await dialled.Within());
    }

    [Fact]
    public async Task Dial_NodeStops_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var dialled = _dialer.DialAsync(Request, _ => Task.FromResult(true), stop.Token);
        await AfterTryAsync(1, null);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialled.Within());
    }

    [Fact]
    public async Task Dial_TooManyAtOnce_IsLeftToTheAgent()
    {
        _log.Expect("Too many calls of site shop");
        await _provider.StartAsync();
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = Enumerable.Range(0, WebhookDialer.CallsAtOnce).Select(_ => DialAsync(_ => answer.Task)).ToList();

        Assert.Equal(DialResult.Unreachable, await DialAsync().Within());

        answer.SetResult(false);
        Assert.All(await Task.WhenAll(waiting).Within(), result => Assert.Equal(DialResult.Over, result));
        Assert.Equal(DialResult.Requested, await DialAsync().Within());
    }

    [Fact]
    public void Request_AsText_HasNoNumber() => Assert.DoesNotContain(Number[1..], $"{Request}", StringComparison.Ordinal);

    private Task<DialResult> DialAsync(Func<CancellationToken, Task<bool>>? stands = null) =>
        _dialer.DialAsync(Request, stands ?? (_ => Task.FromResult(true)));

    private void Answer(HttpStatusCode status) => _provider.Answer = context =>
    {
        context.Response.StatusCode = (int)status;
        return Task.CompletedTask;
    };

    /// <summary>Once this try has failed and the pause after it has begun, it is over; null leaves that to the test.</summary>
    private async Task AfterTryAsync(int tries, TimeSpan? pause)
    {
        await Eventually.TrueAsync(() => _log.Lines.Any(line => line.Text.Contains($"{Failure}{tries}", StringComparison.Ordinal)));
        await _clock.TimerSetAsync();
        if (pause is { } length)
        {
            _clock.Advance(length);
        }
    }
}
