using CoPilot.Contracts.Chat;
using CoPilot.LoadRunner.Wire;

namespace CoPilot.LoadRunner.Scenarios.Talk;

/// <summary>Hears what is said; side 0.</summary>
internal sealed class TalkingCustomer(CoPilotTalk talk) : IHubReceiver
{
    public void Heard(LoadHub hub, ReadOnlySpan<byte> target, ReadOnlySpan<byte> body)
    {
        if (target.SequenceEqual("Message"u8))
        {
            talk.Hear(hub, side: 0, body);
        }
    }

    public void Ended(LoadHub hub, Exception? error) => talk.Ended(error);
}

/// <summary>Takes every contact that is offered, and hears what is said in all of them; side 1.</summary>
internal sealed class TalkingAgent(CoPilotTalk talk) : IHubReceiver
{
    public void Heard(LoadHub hub, ReadOnlySpan<byte> target, ReadOnlySpan<byte> body)
    {
        if (target.SequenceEqual("Message"u8))
        {
            talk.Hear(hub, side: 1, body);
        }
        else if (target.SequenceEqual("Offered"u8))
        {
            _ = TakeAsync(hub, hub.Dialect.Read<OfferedEvent>(body));
        }
    }

    public void Ended(LoadHub hub, Exception? error) => talk.Ended(error);

    private async Task TakeAsync(LoadHub hub, OfferedEvent offer)
    {
        try
        {
            var accepted = await hub.CallAsync<AcceptOfferResult>(nameof(IChatHub.AcceptOffer), new AcceptOfferRequest(offer.OfferId));
            await hub.CallAsync<JoinResult>(nameof(IChatHub.Join), new JoinRequest(accepted.ConversationId!));
            talk.Joined(accepted.ConversationId!, hub);
        }
#pragma warning disable CA1031 // Nobody awaits this; it fails the run.
        catch (Exception error)
#pragma warning restore CA1031
        {
            talk.Failed(error);
        }
    }
}
