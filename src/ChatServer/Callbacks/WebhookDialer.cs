using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using CoPilot.ChatServer.Sites;
using CoPilot.Realtime;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// Asks a telephony provider to call. A request that is not answered, or is answered with 500 or more, is repeated after growing pauses while the attempt stands; any
/// other answer than a success is final. One for each site, so that a provider that hangs holds up no other site's calls.
/// </summary>
internal sealed class WebhookDialer(CallWebhook webhook, HttpClient http, TimeProvider clock, CallMetrics metrics, ILogger<WebhookDialer> logger) : IDialer
{
    public const string IdempotencyHeader = "Idempotency-Key";

    /// <summary>Calls being asked for at once. One agent has one call, so only a provider that hangs behind very many agents meets it.</summary>
    public const int CallsAtOnce = 500;

    /// <summary>Between the tries. After them an agent who looks at the call has long dialled themselves.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    private int _calls;

    public async Task<DialResult> DialAsync(
        DialRequest request, Func<CancellationToken, Task<bool>> stands, CancellationToken cancellationToken = default)
    {
        var result = await DialWithRoomAsync(request, stands, cancellationToken);
        metrics.Dialled(request.SiteId, result);
        return result;
    }

    private async Task<DialResult> DialWithRoomAsync(
        DialRequest request, Func<CancellationToken, Task<bool>> stands, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _calls) <= CallsAtOnce)
            {
                return await RepeatAsync(request, stands, cancellationToken);
            }

            CallLog.TooManyCalls(logger, request.SiteId, request.AttemptId);
            return DialResult.Unreachable;
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }
    }

    private async Task<DialResult> RepeatAsync(DialRequest request, Func<CancellationToken, Task<bool>> stands, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new CallRequestBody(request.AttemptId, request.CallbackId, request.SiteId, request.Number.ToE164(), request.AgentId), CallbackJson.Plain.CallRequestBody);
        for (var tries = 1; ; tries++)
        {
            switch (await StandsAsync(stands, cancellationToken))
            {
                case false:
                    return DialResult.Over;
                case true when await TryAsync(request, body, tries, cancellationToken) is { } result:
                    return result;
            }

            if (tries > Pauses.Count)
            {
                CallLog.ProviderGivenUp(logger, request.SiteId, request.AttemptId, tries);
                return DialResult.Unreachable;
            }

            await Task.Delay(Pauses[tries - 1], clock, cancellationToken);
        }
    }

    /// <summary>Null when the store cannot tell now: whoever may have changed their mind is not called meanwhile.</summary>
    private static async Task<bool?> StandsAsync(Func<CancellationToken, Task<bool>> stands, CancellationToken cancellationToken)
    {
        try
        {
            return await stands(cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Null when asking again may help.</summary>
    private async Task<DialResult?> TryAsync(DialRequest request, byte[] body, int tries, CancellationToken cancellationToken)
    {
        try
        {
            var status = (int)await PostAsync(request, body, cancellationToken);
            if (status >= StatusCodes.Status500InternalServerError)
            {
                CallLog.ProviderFailed(logger, request.SiteId, request.AttemptId, tries, status);
                return null;
            }

            if (status is >= StatusCodes.Status200OK and < StatusCodes.Status300MultipleChoices)
            {
                return DialResult.Requested;
            }

            CallLog.ProviderRefused(logger, request.SiteId, request.AttemptId, status);
            return DialResult.Refused;
        }
        catch (HttpRequestException error)
        {
            CallLog.ProviderUnreachable(logger, request.SiteId, request.AttemptId, tries, error.HttpRequestError);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            CallLog.ProviderSilent(logger, request.SiteId, request.AttemptId, tries, webhook.Timeout);
        }

        return null;
    }

    private async Task<HttpStatusCode> PostAsync(DialRequest request, byte[] body, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(webhook.Timeout, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        using var post = new HttpRequestMessage(HttpMethod.Post, webhook.Url);
        var timestamp = WebhookSignature.TimestampOf(clock.GetUtcNow());
        post.Content = new ByteArrayContent(body);
        post.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        post.Headers.Add(IdempotencyHeader, request.AttemptId);
        post.Headers.Add(WebhookSignature.TimestampHeader, timestamp);
        post.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(webhook.Secret, timestamp, body));

        // The rest of the answer is not waited for.
        using var response = await http.SendAsync(post, HttpCompletionOption.ResponseHeadersRead, end.Token);
        return response.StatusCode;
    }
}
