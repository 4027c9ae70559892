using System.Net;
using System.Text.Json;
using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.Realtime;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Callbacks;

/// <summary>What a provider's call statuses meet, over real HTTP and on each engine.</summary>
public abstract class CallStatusEndpointsSpecification(CallStatusServer world) : IAsyncLifetime
{
    private const string Site = RunningServer.Site;

    private readonly string _event = Guid.CreateVersion7().ToString();

    private DateTimeOffset Now => world.Server.Clock.GetUtcNow();

    public ValueTask InitializeAsync()
    {
        world.Handler.Reset();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("ringing", null)]
    [InlineData("answered", null)]
    [InlineData("ended", "no_answer")]
    [InlineData("ended", "busy")]
    [InlineData("ended", "voicemail")]
    [InlineData("ended", "reached")]
    [InlineData("ended", "failed")]
    public async Task Tell_Signed_IsTaken(string status, string? outcome)
    {
        var body = outcome is null ? Body(status) : Body(status, $",\"outcome\":\"{outcome}\"");

        await AssertAnswerAsync("taken", await TellAsync(body));

        Assert.Equal(new CallStatus(Site, "at_1", status, outcome), Assert.Single(world.Handler.Statuses));
    }

    [Fact]
    public async Task Tell_WithFieldsOfTheirOwn_IsTaken() => await AssertAnswerAsync("taken", await TellAsync(Body("ringing", ",\"line\":7")));

    [Fact]
    public async Task Tell_AttemptThatIsOverOrUnknown_SaysSo()
    {
        world.Handler.Answer = _ => Task.FromResult(CallStatusResult.Late);
        await AssertAnswerAsync("late", await TellAsync(Body("ringing")));

        world.Handler.Answer = _ => Task.FromResult(CallStatusResult.Unknown);
        await RunningServer.AssertProblemAsync(
            HttpStatusCode.NotFound, ErrorCodes.NotFound, await TellAsync(Body("ringing", eventId: _event + ".2")));
    }

    [Fact]
    public async Task Tell_NotSignedRight_IsForbidden()
    {
        var body = Body("ringing");
        var timestamp = WebhookSignature.TimestampOf(Now);
        var right = TelephonyProvider.Sign(TelephonyProvider.Secret, timestamp, body);
        (string? Timestamp, string? Signature, string Body)[] wrong =
        [
            (timestamp, null, body),
            (null, right, body),
            (timestamp, "", body),
            (timestamp, right[..^1], body),
            (timestamp, right["sha256=".Length..], body),
            (WebhookSignature.TimestampOf(Now.AddSeconds(1)), right, body),
            (timestamp, right, Body("answered")),
            (timestamp, right, ""),
            (timestamp, TelephonyProvider.Sign(RunningServer.IdentityKey, timestamp, body), body),
            (timestamp, $"{right}, {right}", body),
        ];

        foreach (var (sentAt, signature, content) in wrong)
        {
            await RunningServer.AssertProblemAsync(
                HttpStatusCode.Forbidden, ErrorCodes.Forbidden, await world.Provider.TellAsync(world.Server.Address, Site, content, sentAt, signature));
        }

        Assert.Empty(world.Handler.Statuses);
    }

    [Fact]
    public async Task Tell_TimestampAtTheWindowsEdge_IsTaken()
    {
        await AssertAnswerAsync("taken", await TellAsync(Body("ringing"), Now - WebhookSignature.Window));
        await AssertAnswerAsync("taken", await TellAsync(Body("ringing", eventId: _event + ".2"), Now + WebhookSignature.Window));
    }

    [Fact]
    public async Task Tell_TimestampOutsideTheWindow_IsForbidden()
    {
        var second = TimeSpan.FromSeconds(1);
        await AssertForbiddenAsync(await TellAsync(Body("ringing"), Now - WebhookSignature.Window - second));
        await AssertForbiddenAsync(await TellAsync(Body("ringing"), Now + WebhookSignature.Window + second));

        foreach (var timestamp in (string[])["", "soon", "-5", "999999999999"])
        {
            await AssertForbiddenAsync(await world.Provider.TellAsync(
                world.Server.Address, Site, Body("ringing"), timestamp, TelephonyProvider.Sign(TelephonyProvider.Secret, timestamp, Body("ringing"))));
        }

        Assert.Empty(world.Handler.Statuses);
    }

    [Fact]
    public async Task Tell_Replay_IsAnsweredAlikeAndHasNoEffect()
    {
        var (body, sentAt) = (Body("ringing"), Now);
        await AssertAnswerAsync("taken", await TellAsync(body, sentAt));
        world.Handler.Answer = _ => Task.FromResult(CallStatusResult.Late);

        await AssertAnswerAsync("taken", await TellAsync(body, sentAt));
        await AssertAnswerAsync("taken", await TellAsync(body, sentAt.AddMinutes(1)));

        Assert.Single(world.Handler.Statuses);
    }

    [Fact]
    public async Task Tell_ReplayOfAnUnknownAttempt_IsAnsweredAlike()
    {
        world.Handler.Answer = _ => Task.FromResult(CallStatusResult.Unknown);
        await TellAsync(Body("ringing"));

        await RunningServer.AssertProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, await TellAsync(Body("ringing")));

        Assert.Single(world.Handler.Statuses);
    }

    [Fact]
    public async Task Tell_ReplayWhileItIsHandled_HasToComeAgain()
    {
        var (began, goesOn) = (NewSignal(), NewSignal());
        world.Handler.Answer = async _ =>
        {
            began.SetResult();
            await goesOn.Task;
            return CallStatusResult.Taken;
        };
        var first = TellAsync(Body("ringing"));
        await began.Task.Within();

        await RunningServer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, ErrorCodes.Unavailable, await TellAsync(Body("ringing")));

        goesOn.SetResult();
        await AssertAnswerAsync("taken", await first);
        await AssertAnswerAsync("taken", await TellAsync(Body("ringing")));
        Assert.Single(world.Handler.Statuses);
    }

    [Fact]
    public async Task Tell_HandlerFails_CanComeAgainAtOnce()
    {
        world.Handler.Answer = _ => throw new StoreUnavailableException("away");
        await RunningServer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, ErrorCodes.Unavailable, await TellAsync(Body("ringing")));
        world.Handler.Answer = _ => Task.FromResult(CallStatusResult.Taken);

        await AssertAnswerAsync("taken", await TellAsync(Body("ringing")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"attemptId":"at_1","status":"ringing"}""")]
    [InlineData("""{"eventId":"e","status":"ringing"}""")]
    [InlineData("""{"eventId":"e","attemptId":"at_1"}""")]
    [InlineData("""{"eventId":"{shop}","attemptId":"at_1","status":"ringing"}""")]
    [InlineData("""{"eventId":"e","attemptId":7,"status":"ringing"}""")]
    [InlineData("""{"eventId":"e","attemptId":"at_1","status":"exploded"}""")]
    [InlineData("""{"eventId":"e","attemptId":"at_1","status":"ended"}""")]
    [InlineData("""{"eventId":"e","attemptId":"at_1","status":"ended","outcome":"wrong_number"}""")]
    [InlineData("""{"eventId":"e","attemptId":"at_1","status":"ringing","outcome":"busy"}""")]
    [InlineData("""{"attemptId":"at_1","callbackId":"ct_1","site":"shop","number":"+31612345678","agentId":"a_1"}""")]
    public async Task Tell_SignedNonsense_IsInvalid(string body)
    {
        await RunningServer.AssertProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.Invalid, await TellAsync(body));

        Assert.Empty(world.Handler.Statuses);
    }

    [Fact]
    public async Task Tell_TooMuch_IsRefusedBeforeItIsChecked()
    {
        var fits = Body("ringing", $",\"more\":\"{new string('x', 3_900)}\"");
        await AssertAnswerAsync("taken", await TellAsync(fits));

        var tooLarge = new string('x', CallStatusEndpoints.BodyBytes + 1);
        await RunningServer.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCodes.TooLarge, await TellAsync(tooLarge));

        using var inChunks = new HttpRequestMessage(HttpMethod.Post, $"/api/callbacks/{Site}/status") { Content = new StringContent(tooLarge) };
        inChunks.Headers.TransferEncodingChunked = true;
        await RunningServer.AssertProblemAsync(
            HttpStatusCode.RequestEntityTooLarge, ErrorCodes.TooLarge, await world.Server.Http.SendAsync(inChunks).Within());
    }

    [Theory]
    [InlineData(CallStatusServer.NoWebhookSite)]
    [InlineData("nowhere")]
    public async Task Tell_SiteWithoutProvider_IsNotFound(string site) => await RunningServer.AssertProblemAsync(
        HttpStatusCode.NotFound, ErrorCodes.NotFound, await world.Provider.TellAsync(world.Server.Address, site, Body("ringing"), Now));

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task AssertForbiddenAsync(HttpResponseMessage response) =>
        RunningServer.AssertProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.Forbidden, response);

    private protected static async Task AssertAnswerAsync(string result, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync().Within();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {text}");
        Assert.Equal(result, JsonDocument.Parse(text).RootElement.GetProperty("result").GetString());
    }

    private protected string Body(string status, string more = "", string? eventId = null) =>
        $$"""{"eventId":"{{eventId ?? _event}}","attemptId":"at_1","status":"{{status}}"{{more}}}""";

    private protected Task<HttpResponseMessage> TellAsync(string body, DateTimeOffset? sentAt = null) =>
        world.Provider.TellAsync(world.Server.Address, Site, body, sentAt ?? Now);
}

public sealed class SqliteCallStatusEndpointsTests(SqliteCallStatusServer world)
    : CallStatusEndpointsSpecification(world), IClassFixture<SqliteCallStatusServer>;

public sealed class RedisCallStatusEndpointsTests(RedisCallStatusServer world)
    : CallStatusEndpointsSpecification(world), IClassFixture<RedisCallStatusServer>
{
    [Fact]
    public async Task Tell_ReplayToAnotherNode_IsAnsweredAlikeAndHasNoEffect()
    {
        await using var other = await world.StartNodeAsync();
        world.Handler.Answer = _ => Task.FromResult(CallStatusResult.Late);
        await AssertAnswerAsync("late", await TellAsync(Body("ringing")));

        await AssertAnswerAsync("late", await world.Provider.TellAsync(other.Address, RunningServer.Site, Body("ringing"), other.Clock.GetUtcNow()));

        Assert.Empty(CallStatusServer.HandlerOf(other).Statuses);
    }
}
