using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.EndToEnd.Wire;
using CoPilot.HubClient;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>Takes every offer and says an agent's part in each conversation, for as long as it is theirs.</summary>
internal sealed class ChaosAgent(IReadOnlyList<Uri> addresses, string id, string token, TimeSpan patience, History history, Talks talks)
    : ReliableClient(addresses, id, token, patience, history)
{
    private readonly Dictionary<string, Task> _served = new(StringComparer.Ordinal);

    /// <summary>How the server says that this agent stands.</summary>
    public Task<SetStatusResult> StatusAsync() => CallAsync(client => client.SetStatus(new SetStatusRequest()));

    protected override void Listen(ChatClient client) => client.Events.Offers.Arrived += offer => _ = TakeAsync(offer);

    protected override async Task ResumeAsync(ChatClient client)
    {
        var status = await client.SetStatus(new SetStatusRequest(AgentStatuses.Available));
        foreach (var contact in status.Contacts)
        {
            await JoinAsync(client, contact.ConversationId!);
            Serve(contact.ConversationId!);
        }

        if (status.Offer is { } offer)
        {
            _ = TakeAsync(offer);
        }
    }

    private async Task TakeAsync(OfferedEvent offer)
    {
        try
        {
            var accepted = await CallAsync(client => client.AcceptOffer(new AcceptOfferRequest(offer.OfferId)));
            var conversation = accepted.ConversationId!;
            History.Add(new AcceptedOffer(conversation, Id));
            await CallAsync(async client =>
            {
                await JoinAsync(client, conversation);
                return true;
            });
            Serve(conversation);
        }
        catch (HubRefusalException refusal) when (refusal.Code is ErrorCodes.Stale or ErrorCodes.NotFound)
        {
            // Somebody else's by now.
        }
        catch (OperationCanceledException)
        {
            // The story is over.
        }
    }

    /// <summary>A conversation that came back to this agent, or was taken up on another connection, is served by one loop.</summary>
    private void Serve(string conversationId)
    {
        lock (_served)
        {
            if (_served.GetValueOrDefault(conversationId) is not { IsCompleted: false })
            {
                _served[conversationId] = SpeakAsync(conversationId);
            }
        }
    }

    private async Task SpeakAsync(string conversationId)
    {
        var talk = talks[conversationId];
        try
        {
            while (talk.ByAgents < talks.Plan.MessagesEach)
            {
                await talks.Plan.PauseAsync(Stopped);
                if (!await SayAsync(conversationId, WireWorld.NewId(), TalkPlan.Text(talk.ByAgents)))
                {
                    return;
                }

                talk.AgentSpoke();
            }
        }
        catch (OperationCanceledException)
        {
            // The story is over.
        }
    }
}
