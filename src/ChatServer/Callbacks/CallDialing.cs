using System.Collections.Concurrent;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Realtime;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// Has the site's dialer make the calls that this node is told to make, each beside everything else. A call stays this node's while it tries; when the node dies, or its store is out of
/// reach at the end, routing tells somebody to make it again, and the provider knows it by its id. When the node stops in good order it gives its calls up at once.
/// </summary>
internal sealed class CallDialing(IContactQueue queue, IDialer dialer, ISiteCatalog sites, ILogger<CallDialing> logger) : ICallMaker, IHostedService, IDisposable
{
    /// <summary>For what goes on around a try and the pause after it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>Those in hand; each ends with its call.</summary>
    private readonly ConcurrentDictionary<string, Task> _calls = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    public void Begin(Contact taken)
    {
        var attemptId = CallAttemptId.Of(taken);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_stopping.IsCancellationRequested && _calls.TryAdd(attemptId, end.Task))
        {
            _ = Task.Run(() => MakeAsync(attemptId, taken, end));
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_calls.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task MakeAsync(string attemptId, Contact call, TaskCompletionSource end)
    {
        try
        {
            await DialAsync(attemptId, call);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            await GiveUpAsync(call);
        }
        catch (StoreUnavailableException)
        {
            // Nothing was noted, so somebody makes it again.
        }
#pragma warning disable CA1031 // Nobody waits for this task, and a call that fails in a new way must not be lost without a word.
        catch (Exception error)
#pragma warning restore CA1031
        {
            CallLog.DialingFailed(logger, call.SiteId, attemptId, error);
        }
        finally
        {
            _calls.TryRemove(attemptId, out _);
            end.SetResult();
        }
    }

    private async Task DialAsync(string attemptId, Contact call)
    {
        if (!sites.TryGet(call.SiteId, out var site) || PhoneNumber.Parse(call.Callback?.Phone) is not { } number || site.Callbacks.Phones.Check(number) is not null)
        {
            // The configuration allows less than when the number came.
            await LeaveToAgentAsync(call, LeftReasons.Refused);
            return;
        }

        var hold = CallHold.Over;
        var result = await dialer.DialAsync(
            new DialRequest(call.SiteId, attemptId, call.ContactId, number, call.Agent!.AgentId),
            async cancellationToken => (hold = await queue.HoldCallAsync(call.SiteId, call.ContactId, call.Fence, TimeOfATry(site), cancellationToken)) == CallHold.Stands,
            _stopping.Token);
        await NoteAsync(call, result, hold);
    }

    private Task NoteAsync(Contact call, DialResult result, CallHold hold) => (result, hold) switch
    {
        (DialResult.Requested, _) => queue.NoteCallAsync(NewsOf(call, CallStates.Dialling, detail: null)),
        (DialResult.Over, CallHold.OutsideHours) => LeaveToAgentAsync(call, LeftReasons.OutsideHours),
        (DialResult.Over, _) => Task.CompletedTask,
        (DialResult.Refused, _) => LeaveToAgentAsync(call, LeftReasons.Refused),
        (DialResult.LeftToAgent, _) => LeaveToAgentAsync(call, reason: null),
        _ => LeaveToAgentAsync(call, LeftReasons.Unreachable),
    };

    private Task<CallStatusResult> LeaveToAgentAsync(Contact call, string? reason) => queue.NoteCallAsync(NewsOf(call, CallStates.LeftToAgent, reason));

    private async Task GiveUpAsync(Contact call)
    {
        try
        {
            await queue.HoldCallAsync(call.SiteId, call.ContactId, call.Fence, TimeSpan.Zero);
        }
        catch (StoreUnavailableException)
        {
            // Then it is somebody else's when its time is over.
        }
    }

    private static TimeSpan TimeOfATry(Site site) => (site.Callbacks.Webhook?.Timeout ?? TimeSpan.Zero) + WebhookDialer.Pauses[^1] + Margin;

    private static CallNews NewsOf(Contact call, string status, string? detail) => new(call.SiteId, call.ContactId, call.Fence, status, detail);

    /// <summary>Why the agent has to dial, as the wire says it.</summary>
    private static class LeftReasons
    {
        public const string Refused = "refused";
        public const string Unreachable = "unreachable";
        public const string OutsideHours = ErrorCodes.OutsideHours;
    }
}
