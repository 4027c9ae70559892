using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sqlite;
using CoPilot.ChatServer.Tests.Callbacks;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Outcomes;
using CoPilot.Realtime.Sqlite;
using CoPilot.Specifications.Conversations;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>Routing as the host puts it together, over a real file, with a clock and listeners in the test's hands.</summary>
internal sealed class RoutingBench : IAsyncDisposable
{
    public const string Shop = RoutingSites.Shop;

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDatabase _database;

    public RoutingBench()
    {
        _database = ChatDatabase.Open(_folder.File("test.db"), Log.For<SqliteDatabase>());
        Queue = new SqliteContactQueue(_database, Sites, Clock, Hints);
        Conversations = new ObservedConversations(new SqliteConversationStore(_database, new RecordingFeed(), Clock));
        Metrics = new RoutingMetrics(Meters, Clock);
        Waits = new WaitEstimates(Queue, Sites, Clock);
        Outbox = new RoutingOutbox(
            Queue,
            Conversations,
            new RoutingNotices(Queue, Waits, Notifier, Sites),
            new InactivityWatch(Queue, Conversations, Sites),
            Metrics,
            Log.For<RoutingOutbox>());
        Presence = new AgentPresence(Queue, Clock, Log.For<AgentPresence>());
        Customers = new CustomerPresence(Queue, Clock, Log.For<CustomerPresence>());
        Service = new RoutingService(Queue, Conversations, Outbox, Presence, Customers, new SqliteAccountStore(_database), Waits, Sites, Clock);
        Accounts = new SqliteAccountStore(_database);
        var allowance = new CallbackAllowance(
            new OwnCallbackThrottle(CallbackLimits.Default, Clock), new CallbackHashes(() => new byte[32]), Log.For<CallbackAllowance>());
        Callbacks = new CallbackService(Queue, Outbox, allowance, Tokens, Waits, Watchers, Sites, Clock);
    }

    public LogWatcher Log { get; } = new();

    public ManualTimeProvider Clock { get; } = new();

    public TestMeters Meters { get; } = new();

    public RoutingSites Sites { get; } = new();

    public RoutingHints Hints { get; } = new();

    public RecordingNotifier Notifier { get; } = new();

    public SqliteContactQueue Queue { get; }

    public ObservedConversations Conversations { get; }

    public RoutingMetrics Metrics { get; }

    public WaitEstimates Waits { get; }

    public RoutingOutbox Outbox { get; }

    public AgentPresence Presence { get; }

    public CustomerPresence Customers { get; }

    public IAccountStore Accounts { get; }

    public RoutingService Service { get; }

    public ManageTokens Tokens { get; } = new(() => new byte[32]);

    public RecordingWatchers Watchers { get; } = new();

    public CallbackService Callbacks { get; }

    /// <summary>As a Redis does that comes back with less than it had.</summary>
    public Task LoseConversationAsync(string conversationId) => _database.WriteAsync(session =>
    {
        foreach (var table in (string[])["read_marks", "conversation_entries", "conversation_members", "conversations"])
        {
            session.Execute($"DELETE FROM {table} WHERE conversation_id = $1", conversationId);
        }

        return true;
    });

    public static Caller Customer(string id) =>
        new(id, Roles.Customer, Shop, Name: null, Email: null, "nl", IsVerified: false, DateTimeOffset.MaxValue);

    public static Caller Agent(string id) =>
        new(id, Roles.Agent, Shop, id.ToUpperInvariant(), Email: null, Locale: null, IsVerified: true, DateTimeOffset.MaxValue);

    /// <summary>An agent with an account, connected and available.</summary>
    public async Task<Caller> HaveAgentAsync(string id, int capacity = 1, params string[] queues)
    {
        await Accounts.AddAsync(new Account(
            id, Shop, $"{id}@shop.example", id.ToUpperInvariant(), Roles.Agent, queues is [] ? [RoutingSites.Orders] : queues, capacity, "hash"));
        var agent = Agent(id);
        Accepted(await Service.AgentConnectedAsync(agent, $"{id}-1"));
        Accepted(await Service.SetStatusAsync(agent, new SetStatusRequest(AgentStatuses.Available)));
        return agent;
    }

    public async Task<StartChatResult> StartAsync(string customer, string? text = "Hello", string requestId = "r1") =>
        Accepted(await Service.StartChatAsync(Customer(customer), new StartChatRequest(requestId, RoutingSites.Orders, text)));

    public async Task<string> OfferIdAsync(Caller agent) =>
        Accepted(await Service.SetStatusAsync(agent, new SetStatusRequest())).Offer!.OfferId;

    /// <summary>A chat that the agent, new on the scene, has accepted.</summary>
    public async Task<(Caller Agent, StartChatResult Chat)> HaveActiveAsync(string agentId, string customer)
    {
        var agent = await HaveAgentAsync(agentId);
        var chat = await StartAsync(customer);
        Accepted(await Service.AcceptOfferAsync(agent, new AcceptOfferRequest(await OfferIdAsync(agent))));
        return (agent, chat);
    }

    /// <summary>The conversation's log as an agent who is a member may see it.</summary>
    public async Task<IReadOnlyList<LogEntry>> LogAsync(Caller member, string conversationId) =>
        Accepted(await Conversations.JoinAsync(
            new JoinCommand(conversationId, new Participant(member.Id, member.Role, member.Name), null, 0, null, 500))).Messages;

    public static T Accepted<T>(Outcome<T> outcome)
        where T : notnull
    {
        Assert.True(outcome.IsAccepted, $"Refused: {outcome.Refusal?.Code}");
        return outcome.Value;
    }

    public static void Refused<T>(string code, Outcome<T> outcome)
        where T : notnull => Assert.Equal(code, outcome.Refusal?.Code);

    public async ValueTask DisposeAsync()
    {
        Presence.Dispose();
        Customers.Dispose();
        await _database.DisposeAsync();
        Meters.Dispose();
        _folder.Dispose();
        Log.Dispose();
    }
}
