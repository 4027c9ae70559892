using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.EndToEnd.Wire;

/// <summary>A server process of its own and everybody who talks to it in one test.</summary>
internal sealed class WireWorld : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly List<ChatClient> _clients = [];

    private WireWorld(ServerProcess server)
    {
        Server = server;
        _http = new HttpClient { BaseAddress = server.Address };
        Api = new ServerApi(_http);
    }

    public ServerProcess Server { get; }

    public ServerApi Api { get; }

    /// <summary>What whoever connects next speaks.</summary>
    public IHubProtocol Protocol { get; set; } = HubProtocols.Json;

    public static async Task<WireWorld> StartAsync(params string[] arguments) => new(await ServerProcess.StartAsync(arguments));

    /// <summary>A new customer with a connection.</summary>
    public async Task<WirePerson> CustomerAsync(ChatClientOptions? options = null)
    {
        var answer = await Api.CreateCustomerAsync(new CustomerTokenRequest("demo"));
        return new WirePerson(answer.CustomerId, answer.Token, await ConnectAsync(answer.Token, options), Server.Log);
    }

    /// <summary>Demo agent <c>agent{number}@demo.example</c>, with the status given.</summary>
    public async Task<WirePerson> AgentAsync(int number = 1, string status = AgentStatuses.Available)
    {
        var answer = await Api.SignInAsync(new SignInRequest($"agent{number}@demo.example", "demo"));
        var client = await ConnectAsync(answer.Token);
        await client.SetStatus(new SetStatusRequest(status));
        return new WirePerson(answer.AgentId, answer.Token, client, Server.Log);
    }

    public async Task<ChatClient> ConnectAsync(string? token, ChatClientOptions? options = null)
    {
        options = (options ?? ChatClientOptions.Default) with { Protocol = Protocol };
        var client = await ChatClient.ConnectAsync(Server.Address, token, options).Within();
        _clients.Add(client);
        return client;
    }

    /// <summary>The customer starts a chat and the agent, to whom it must be offered, takes it; both have joined.</summary>
    public async Task<string> TalkAsync(WirePerson customer, WirePerson agent, string topic = "orders")
    {
        var started = await customer.Client.StartChat(new StartChatRequest(NewId(), topic));
        await TakeAsync(agent, started.ContactId);
        await customer.Client.Join(new JoinRequest(started.ConversationId));
        return started.ConversationId;
    }

    /// <summary>Waits for the offer of the contact, accepts it and joins.</summary>
    public static async Task TakeAsync(WirePerson agent, string contactId)
    {
        var offer = await agent.Client.Events.Offers.WaitForAsync(offered => offered.ContactId == contactId);
        var accepted = await agent.Client.AcceptOffer(new AcceptOfferRequest(offer.OfferId));
        await agent.Client.Join(new JoinRequest(accepted.ConversationId!));
    }

    public static string NewId() => Guid.CreateVersion7().ToString("N");

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        _http.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>A customer or agent, their token and one connection.</summary>
internal sealed record WirePerson(string Id, string Token, ChatClient Client, ServerLog Log)
{
    private string? _epoch;

    /// <summary>Sends, and holds the server to keeping the text out of its log.</summary>
    public Task<SendResult> SayAsync(string conversationId, string text, string? messageId = null)
    {
        Log.MustNotContain(text);
        return Client.Send(new SendRequest(conversationId, messageId ?? WireWorld.NewId(), text));
    }

    /// <summary>The whole conversation as this person may see it.</summary>
    public async Task<IReadOnlyList<LogEntry>> ReadAsync(string conversationId)
    {
        var entries = new List<LogEntry>();
        JoinResult page;
        do
        {
            var last = entries.LastOrDefault();
            page = await Client.Join(new JoinRequest(conversationId, last is null ? null : _epoch, last?.Seq ?? 0, last?.MessageId));
            _epoch = page.Epoch;
            entries.AddRange(page.Messages);
        }
        while (page.HasMore);
        return entries;
    }
}
