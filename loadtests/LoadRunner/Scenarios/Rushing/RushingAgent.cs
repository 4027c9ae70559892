using System.Diagnostics;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.HubClient;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Rushing;

/// <summary>Takes what is offered and finishes it at once, so that assigning is all the server has to do.</summary>
internal sealed class RushingAgent(RushKind kind, RushLedger ledger, WorkerContext worker) : IHubReceiver
{
    private readonly StepMetrics _accepts = worker.Step("accept");
    private readonly StepMetrics _finishes = worker.Step("finish");
    private readonly StepMetrics _offers = worker.Step("offer");
    private readonly Counter _stale = worker.Counter("stale offers");
    private long _freeSince;

    /// <summary>Set once, before the first offer.</summary>
    public LoadHub? Hub { get; set; }

    public async Task SetStatusAsync(string status)
    {
        Volatile.Write(ref _freeSince, status == AgentStatuses.Available ? Stopwatch.GetTimestamp() : 0);
        await Hub!.CallAsync<SetStatusResult>(nameof(IChatHub.SetStatus), new SetStatusRequest(status));
    }

    public void Heard(LoadHub hub, ReadOnlySpan<byte> target, ReadOnlySpan<byte> body)
    {
        if (target.SequenceEqual("Offered"u8))
        {
            if (Interlocked.Exchange(ref _freeSince, 0) is var since and not 0)
            {
                _offers.Ok(since);
            }

            _ = TakeAsync(hub, hub.Dialect.Read<OfferedEvent>(body));
        }
    }

    public void Ended(LoadHub hub, Exception? error)
    {
        if (error is not null)
        {
            worker.Failures.Add(error);
        }
    }

    private async Task TakeAsync(LoadHub hub, OfferedEvent offer)
    {
        try
        {
            var begun = Stopwatch.GetTimestamp();
            var accepted = await hub.CallAsync<AcceptOfferResult>(nameof(IChatHub.AcceptOffer), new AcceptOfferRequest(offer.OfferId));
            _accepts.Ok(begun);
            ledger.Takes(accepted.ContactId);
            begun = Stopwatch.GetTimestamp();
            Volatile.Write(ref _freeSince, begun);
            await kind.FinishAsync(hub, accepted);
            _finishes.Ok(begun);
            ledger.Finishes();
        }
        catch (HubRefusalException refusal) when (refusal.Code == ErrorCodes.Stale)
        {
            // It was withdrawn, or ran out, on its way; whoever it was is offered again.
            _stale.Add();
        }
#pragma warning disable CA1031 // Nobody awaits this; it fails the run.
        catch (Exception error)
#pragma warning restore CA1031
        {
            worker.Failures.Add(error);
        }
    }
}
