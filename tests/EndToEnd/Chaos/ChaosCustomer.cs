using CoPilot.Contracts.Chat;
using CoPilot.EndToEnd.Wire;
using CoPilot.HubClient;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>Starts a chat and says their part of it, one message after the other.</summary>
internal sealed class ChaosCustomer(IReadOnlyList<Uri> addresses, string id, string token, TimeSpan patience, History history, Talks talks)
    : ReliableClient(addresses, id, token, patience, history)
{
    private volatile string? _conversationId;

    public string ConversationId => _conversationId ?? throw new InvalidOperationException("The chat has not started.");

    public bool HasStarted => _conversationId is not null;

    public async Task TalkAsync()
    {
        var requestId = WireWorld.NewId();
        var text = TalkPlan.Text(0);
        var started = History.Now();
        var chat = await CallAsync(client => client.StartChat(new StartChatRequest(requestId, "orders", text)));
        History.Add(new SendAttempt(chat.ConversationId, Id, requestId, text, started, History.Now(), SendOutcome.Accepted));
        _conversationId = chat.ConversationId;
        var talk = talks[chat.ConversationId];
        talk.CustomerSpoke();
        await CallAsync(async client =>
        {
            await JoinAsync(client, chat.ConversationId);
            return true;
        });
        for (var number = 1; number < talks.Plan.MessagesEach; number++)
        {
            await talks.Plan.PauseAsync(Stopped);
            if (!await SayAsync(chat.ConversationId, WireWorld.NewId(), TalkPlan.Text(number)))
            {
                // The history has the refusal.
                return;
            }

            talk.CustomerSpoke();
        }
    }

    protected override async Task ResumeAsync(ChatClient client)
    {
        if (_conversationId is { } conversation)
        {
            await JoinAsync(client, conversation);
        }
    }
}
