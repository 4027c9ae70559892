using System.Collections.Concurrent;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.EndToEnd.Wire;

/// <summary>The servers of a story, which may be nodes of one system, and everybody who talks to them. Customers and agents meet on different nodes where there are several.</summary>
internal sealed class WireWorld : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly List<HubPeer> _clients = [];
    private readonly ConcurrentDictionary<string, (string Token, bool IsAgent)> _people = [];
    private int _connections;

    public WireWorld(IReadOnlyList<ServerProcess> nodes)
    {
        Nodes = nodes;
        _http = new HttpClient { BaseAddress = CustomersNode.Address };
        Api = new ServerApi(_http);
    }

    public IReadOnlyList<ServerProcess> Nodes { get; }

    public ServerProcess CustomersNode => Nodes[0];

    public ServerProcess AgentsNode => Nodes[^1];

    public ServerApi Api { get; }

    /// <summary>What whoever connects next speaks.</summary>
    public IHubProtocol Protocol { get; set; } = HubProtocols.Json;

    /// <summary>A new customer with a connection.</summary>
    public async Task<WirePerson> CustomerAsync(ChatClientOptions? options = null)
    {
        var answer = await Api.CreateCustomerAsync(new CustomerTokenRequest("demo"));
        _people[answer.CustomerId] = (answer.Token, false);
        return new WirePerson(answer.CustomerId, answer.Token, await ConnectAsync(CustomersNode, answer.Token, options), this);
    }

    /// <summary>Demo agent <c>agent{number}@demo.example</c>, with the status given.</summary>
    public async Task<WirePerson> AgentAsync(int number = 1, string status = AgentStatuses.Available)
    {
        var answer = await Api.SignInAsync(new SignInRequest($"agent{number}@demo.example", "demo"));
        _people[answer.AgentId] = (answer.Token, true);
        var client = await ConnectAsync(AgentsNode, answer.Token);
        await client.SetStatus(new SetStatusRequest(status));
        return new WirePerson(answer.AgentId, answer.Token, client, this);
    }

    /// <summary>One more connection of somebody, to one node after the other: people who come back come back anywhere.</summary>
    public Task<ChatClient> ConnectAsync(string? token, ChatClientOptions? options = null) =>
        ConnectAsync(Nodes[Interlocked.Increment(ref _connections) % Nodes.Count], token, options);

    public async Task<ChatClient> ConnectAsync(ServerProcess node, string? token, ChatClientOptions? options = null)
    {
        options = (options ?? ChatClientOptions.Default) with { Protocol = Protocol };
        var client = await ChatClient.ConnectAsync(node.Address, token, options).Within();
        lock (_clients)
        {
            _clients.Add(client);
        }

        return client;
    }

    /// <summary>A connection of somebody to Co-Pilot's hub; customers' and agents' meet on different nodes where there are several.</summary>
    public async Task<CoBrowseClient> CoPilotAsync(WirePerson person, ServerProcess? node = null)
    {
        node ??= _people[person.Id].IsAgent ? AgentsNode : CustomersNode;
        var client = await CoBrowseClient.ConnectAsync(node.Address, person.Token, ChatClientOptions.Default with { Protocol = Protocol }).Within();
        lock (_clients)
        {
            _clients.Add(client);
        }

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

    /// <summary>As every client must, repeats a call that the server cannot answer now or is made too soon.</summary>
    public static async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> call)
    {
        T? answer = default;
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                answer = await call();
                return true;
            }
            catch (HubRefusalException refusal) when (refusal.Code is ErrorCodes.Unavailable or ErrorCodes.RateLimited)
            {
                return false;
            }
        });
        return answer!;
    }

    public static string NewId() => Guid.CreateVersion7().ToString("N");

    /// <summary>Holds all servers to keeping this out of their logs.</summary>
    public void KeepSecret(string text)
    {
        foreach (var node in Nodes)
        {
            node.Log.MustNotContain(text);
        }
    }

    /// <summary>The same for a code and for the token that a customer got for it.</summary>
    public void KeepSecret(CreateCodeResult code, RedeemCodeResult? redeemed = null)
    {
        foreach (var node in Nodes)
        {
            node.Log.MustNotContainCode(code.Code);
        }

        if (redeemed is not null)
        {
            KeepSecret(redeemed.ResumeToken);
        }
    }

    /// <summary>Everybody goes home: what is open is ended, nobody is left in line or on duty.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (token, isAgent) in _people.Values.OrderBy(person => person.IsAgent))
        {
            var client = await ConnectAsync(token);
            if (isAgent)
            {
                await client.SetStatus(new SetStatusRequest(AgentStatuses.Offline));
                continue;
            }

            foreach (var contact in (await client.MyContacts(new MyContactsRequest())).Contacts)
            {
                await client.EndChat(new EndChatRequest(contact.ConversationId!));
            }
        }

        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        _http.Dispose();
    }
}

/// <summary>A customer or agent, their token and one connection.</summary>
internal sealed record WirePerson(string Id, string Token, ChatClient Client, WireWorld World)
{
    private string? _epoch;

    /// <summary>Sends, and holds the servers to keeping the text out of their logs.</summary>
    public Task<SendResult> SayAsync(string conversationId, string text, string? messageId = null)
    {
        World.KeepSecret(text);
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
