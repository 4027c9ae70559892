using System.Text.Json;
using CoPilot.ChatServer.Sites;
using CoPilot.ChatServer.Validation;
using CoPilot.Contracts;
using CoPilot.Realtime;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>Takes what providers tell of calls. Nothing is parsed before its signature was checked, and nothing is stored before it was understood.</summary>
internal sealed class CallStatusService(
    ISiteCatalog sites, ICallStatusStore store, ICallStatusHandler handler, TimeProvider clock, CallMetrics metrics)
{
    private static readonly Refusal NoProvider = new(ErrorCodes.NotFound, "This site has no provider that dials.");
    private static readonly Refusal NotSigned = new(ErrorCodes.Forbidden, "The signature is missing or wrong.");
    private static readonly Refusal InHand = new(ErrorCodes.Unavailable, "This event is being worked on; send it again in a moment.");

    /// <param name="timestamp">The header as it came; empty when it is missing, as is the signature.</param>
    public async Task<Outcome<CallStatusResult>> TakeAsync(
        string siteId, string timestamp, string signature, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        if (!sites.TryGet(siteId, out var site) || site.Callbacks?.Webhook is not { } webhook)
        {
            return NoProvider;
        }

        var outcome = await TakeAsync(site, webhook, timestamp, signature, body, cancellationToken);
        metrics.StatusCame(siteId, outcome.IsAccepted ? CallStatusResults.Of(outcome.Value) : outcome.Refusal.Code);
        return outcome;
    }

    private async Task<Outcome<CallStatusResult>> TakeAsync(
        Site site, CallWebhook webhook, string timestamp, string signature, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!WebhookSignature.Matches(signature, webhook.Secret, timestamp, body.Span))
        {
            return NotSigned;
        }

        if (FindFault(timestamp) is { } fault)
        {
            return fault;
        }

        var read = Read(site.Id, body.Span);
        return read.IsAccepted ? await TakeOnceAsync(read.Value.EventId, read.Value.Status, cancellationToken) : read.Refusal;
    }

    private Refusal? FindFault(string timestamp) =>
        WebhookSignature.ParseTimestamp(timestamp) is { } sentAt && (clock.GetUtcNow() - sentAt).Duration() <= WebhookSignature.Window
            ? null
            : new Refusal(
                ErrorCodes.Forbidden,
                $"The timestamp must be Unix seconds within {WebhookSignature.Window.TotalMinutes} minutes of this server's clock, which is at {WebhookSignature.TimestampOf(clock.GetUtcNow())}.");

    private static Outcome<(string EventId, CallStatus Status)> Read(string siteId, ReadOnlySpan<byte> body)
    {
        CallStatusBody? told;
        try
        {
            told = JsonSerializer.Deserialize(body, CallbackJson.Default.CallStatusBody);
        }
        catch (JsonException)
        {
            return RequestRules.Invalid("The body is not the JSON of a call status.");
        }

        if ((RequestRules.CheckOpaqueId(told?.EventId, "eventId") ?? RequestRules.CheckOpaqueId(told?.AttemptId, "attemptId")) is { } refusal)
        {
            return refusal;
        }

        var status = new CallStatus(siteId, told!.AttemptId!, told.Status ?? "", told.Outcome);
        return FindFault(status) is { } fault ? RequestRules.Invalid(fault) : (told.EventId!, status);
    }

    private static string? FindFault(CallStatus status) => status.Status switch
    {
        CallStatuses.Ringing or CallStatuses.Answered => status.Outcome is null ? null : $"outcome belongs to {CallStatuses.Ended} alone.",
        CallStatuses.Ended => CallEndings.IsKnown(status.Outcome)
            ? null
            : $"outcome must be {CallEndings.Reached}, {CallEndings.NoAnswer}, {CallEndings.Busy}, {CallEndings.Voicemail} or {CallEndings.Failed}.",
        _ => $"status must be {CallStatuses.Ringing}, {CallStatuses.Answered} or {CallStatuses.Ended}.",
    };

    private async Task<Outcome<CallStatusResult>> TakeOnceAsync(string eventId, CallStatus status, CancellationToken cancellationToken)
    {
        var claim = await store.ClaimAsync(status.SiteId, eventId, cancellationToken);
        if (!claim.IsMine)
        {
            return claim.Result is { } result ? result : InHand;
        }

        var handled = await HandleAsync(eventId, status, cancellationToken);

        // Handled is handled, also when the provider has hung up meanwhile.
        await store.KeepAsync(status.SiteId, eventId, handled, CancellationToken.None);
        return handled;
    }

    private async Task<CallStatusResult> HandleAsync(string eventId, CallStatus status, CancellationToken cancellationToken)
    {
        try
        {
            return await handler.HandleAsync(status, cancellationToken);
        }
        catch
        {
            await GiveUpAsync(status.SiteId, eventId);
            throw;
        }
    }

    private async Task GiveUpAsync(string siteId, string eventId)
    {
        try
        {
            await store.GiveUpAsync(siteId, eventId, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The claim runs out by itself.
        }
    }
}
