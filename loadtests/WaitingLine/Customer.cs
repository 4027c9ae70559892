using System.Diagnostics;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;

namespace CoPilot.WaitingLine;

/// <summary>Comes, waits, answers the agent once, and goes when the chat has ended.</summary>
internal sealed class Customer
{
    public static readonly ChatClientOptions Connection = new(KeepEvents: false) { Protocol = HubProtocols.MessagePack };

    private readonly ChatClient _client;
    private readonly Ledger _ledger;
    private long _startedAt;
    private int _isServed;
    private int _hasAnswered;

    private Customer(ChatClient client, Ledger ledger)
    {
        (_client, _ledger) = (client, ledger);
        client.Events.ContactChanges.Arrived += Hear;
        client.Events.Messages.Arrived += Hear;
    }

    public static async Task ComeAsync(ServerApi api, Uri node, Ledger ledger)
    {
        var token = await api.CreateCustomerAsync(new CustomerTokenRequest("demo"));
        var customer = new Customer(await ChatClient.ConnectAsync(node, token.Token, Connection), ledger);
        await customer.StartAsync();
    }

    /// <summary>Where they stand now; null when they are not in line, or in more than one.</summary>
    public async Task<int?> AskPositionAsync() =>
        (await _client.MyContacts(new MyContactsRequest())).Contacts is [{ State: ContactStates.Waiting or ContactStates.Offered } contact] ? contact.Position : null;

    public ValueTask LeaveAsync() => _client.DisposeAsync();

    private async Task StartAsync()
    {
        _startedAt = Stopwatch.GetTimestamp();
        var started = await _client.StartChat(new StartChatRequest(NewId(), Servers.Queue, "Hello, where is my parcel?"));
        _ledger.Stage.StartChat.AddSince(_startedAt);
        _ledger.Stage.CountArrival();
        _ledger.Came(started.ContactId, this, isTold: started.Position is not null || started.State is not (ContactStates.Waiting or ContactStates.Offered));
        await _client.Join(new JoinRequest(started.ConversationId));
    }

    private void Hear(ContactChangedEvent changed)
    {
        if (changed.Position is not null)
        {
            _ledger.Stage.CountPosition();
        }

        if (changed.State == ContactStates.Active && Interlocked.Exchange(ref _isServed, 1) == 0)
        {
            _ledger.Stage.Answer.AddSince(_startedAt);
        }

        if (changed.State == ContactStates.Closed)
        {
            _ = _ledger.WatchAsync(() => LeaveAsync().AsTask());
        }
    }

    private void Hear(MessageEvent message)
    {
        if (message.Message.Author.Role == Roles.Agent && message.Message.Kind == EntryKinds.Text && Interlocked.Exchange(ref _hasAnswered, 1) == 0)
        {
            _ = _ledger.WatchAsync(() => SendAsync(message.ConversationId));
        }
    }

    private async Task SendAsync(string conversationId)
    {
        var start = Stopwatch.GetTimestamp();
        await _client.Send(new SendRequest(conversationId, NewId(), "It has not come since Monday."));
        _ledger.Stage.Send.AddSince(start);
    }

    private static string NewId() => Guid.CreateVersion7().ToString("N");
}
