using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime.Outcomes;
using Microsoft.Extensions.Logging;

namespace CoPilot.CoBrowse.Relay;

/// <summary>What customers show and what agents say of what they see. Thread-safe.</summary>
internal sealed class FrameService(
    CustomerSessionService customers, AgentSessionService agents, FrameRelays relays, Watchings watchings, CoBrowseMetrics metrics, ILogger<FrameService> logger)
{
    public async Task<Outcome<PublishFramesResult>> PublishAsync(
        CoBrowseCaller caller, PublishFramesRequest request, CancellationToken cancellationToken = default)
    {
        if (FrameRequests.Check(request) is { } refusal || (refusal = await HoldAsync(caller, request.SessionId, cancellationToken)) is not null)
        {
            return refusal;
        }

        // What a page unpacks to takes milliseconds to check, and the thread that received it may be one that receives for half of all connections.
        await Task.Yield();
        var taken = relays.Take(request.SessionId, caller.ConnectionId, request.Frames);
        if (taken.Wait is { } wait)
        {
            metrics.FramesThrottled(request.Frames.Count);
            return SessionRefusals.TooMuchToCheck(wait);
        }

        if (taken.Refused is not { } reason)
        {
            return new PublishFramesResult(taken.Acknowledged);
        }

        metrics.FramesRefused(reason);
        CoBrowseLog.Refused(logger, request.SessionId, reason);

        // Whether or not the customer stays to hear it.
        await customers.EndUnsafeAsync(caller, request.SessionId, reason, CancellationToken.None);
        return SessionRefusals.Ended;
    }

    public async Task<Outcome<Acknowledged>> MoveAsync(CoBrowseCaller caller, PublishPointerRequest request, CancellationToken cancellationToken = default)
    {
        if (FrameRequests.Check(request) is { } refusal || (refusal = await HoldAsync(caller, request.SessionId, cancellationToken)) is not null)
        {
            return refusal;
        }

        relays.Move(caller.ConnectionId, new PointerMovedEvent(request.SessionId, request.X, request.Y, request.ScrollX, request.ScrollY));
        return Acknowledged.Instance;
    }

    public async Task<Outcome<WatchResult>> WatchAsync(CoBrowseCaller caller, WatchRequest request, CancellationToken cancellationToken = default)
    {
        var outcome = await agents.WatchAsync(caller, request, cancellationToken);
        if (outcome.IsAccepted && (await agents.FindOwnAsync(caller, request.SessionId, cancellationToken)) is { IsAccepted: true } session)
        {
            await watchings.TellAsync(WatcherDeed.Watches, caller.ConnectionId, session.Value);
        }

        return outcome;
    }

    public async Task<Outcome<Acknowledged>> AcknowledgeAsync(CoBrowseCaller caller, AcknowledgeFramesRequest request)
    {
        if (!caller.IsAgent)
        {
            return SessionRefusals.AgentsOnly;
        }

        return SessionRequests.IsId(request.SessionId) && await watchings.HasShownAsync(caller.ConnectionId, request.SessionId, request.Seq)
            ? Acknowledged.Instance
            : SessionRefusals.NoSuchSession;
    }

    /// <summary>Heals whatever was lost on the way: reads where the customer is, and makes this connection a watcher there.</summary>
    public async Task<Outcome<Acknowledged>> RequestKeyframeAsync(
        CoBrowseCaller caller, RequestKeyframeRequest request, CancellationToken cancellationToken = default)
    {
        var outcome = await agents.FindOwnAsync(caller, request.SessionId, cancellationToken);
        if (!outcome.IsAccepted)
        {
            return outcome.Refusal;
        }

        await watchings.TellAsync(WatcherDeed.WantsKeyframe, caller.ConnectionId, outcome.Value, request.Seq);
        return Acknowledged.Instance;
    }

    public Task LeaveAsync(CoBrowseCaller caller) => caller.IsAgent ? watchings.LeaveAsync(caller.ConnectionId) : Task.CompletedTask;

    /// <summary>Renews the lease when it was not for a while. That something moves on a page does not mean that somebody is there, so it is no activity.</summary>
    private async Task<Refusal?> HoldAsync(CoBrowseCaller caller, string sessionId, CancellationToken cancellationToken) =>
        (await customers.KeepAliveAsync(caller, new KeepAliveRequest(sessionId), cancellationToken)).Refusal;
}
