using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Sqlite;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime;
using CoPilot.Realtime.Outcomes;
using CoPilot.Realtime.Sqlite;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Conversations;

public sealed class ConversationServiceTests : IAsyncLifetime
{
    private static readonly Caller Customer = NewCaller("customer", Roles.Customer);

    private static readonly Caller Agent = NewCaller("agent", Roles.Agent);

    private readonly TemporaryFolder _folder = new();
    private readonly LogWatcher _log = new();
    private readonly TestMeters _meters = new();
    private readonly RecordingPush _push = new();
    private readonly ConversationSubscriptions _subscriptions = new();
    private readonly SqliteDatabase _database;
    private readonly QueuedConversationFeed _delivery;
    private readonly ObservedStore _store;
    private readonly ConversationService _service;

    public ConversationServiceTests()
    {
        var metrics = new ConversationMetrics(_meters);
        _database = ChatDatabase.Open(_folder.File("test.db"), _log.For<SqliteDatabase>());
        _delivery = new QueuedConversationFeed(
            new ConversationDelivery(_subscriptions, _push, metrics, _log.For<ConversationDelivery>()), _log.For<QueuedConversationFeed>());
        _store = new ObservedStore(new SqliteConversationStore(_database, _delivery, new ManualTimeProvider()));
        _service = new ConversationService(_store, _subscriptions, metrics, _log.For<ConversationService>());
    }

    public async ValueTask InitializeAsync()
    {
        await _store.CreateAsync(new NewConversation("c", "demo", "contact", new CustomerInfo(Customer.Id, Verified: false, "Ada")));
        await ServeAsync(fence: 1, Agent);
        _service.Connect("phone");
        _service.Connect("console");
    }

    public async ValueTask DisposeAsync()
    {
        await _delivery.DisposeAsync();
        await _database.DisposeAsync();
        _push.Dispose();
        _meters.Dispose();
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Join_Member_ReadsAndHears()
    {
        var joined = Accepted(await _service.JoinAsync(Customer, "phone", new JoinRequest("c")));
        Assert.Equal((1L, ContactStates.Active, "agent", null), (joined.LastSeq, joined.State, joined.Agent?.AgentId, joined.Customer));
        Assert.Equal("Ada", Accepted(await _service.JoinAsync(Agent, "console", new JoinRequest("c"))).Customer?.Name);

        var sent = Accepted(await _service.SendAsync(Agent, new SendRequest("c", "m1", " Hello\u0000 ")));

        var told = await _push.NextAsync<MessageEvent>("phone");
        Assert.Equal((sent.Seq, "Hello", sent.SentAt), (told.Message.Seq, told.Message.Text, told.Message.SentAt));
        Assert.Equal("m1", (await _push.NextAsync<MessageEvent>("console")).Message.MessageId);
    }

    [Fact]
    public async Task Join_Stranger_IsNotFoundAndHearsNothing()
    {
        var stranger = NewCaller("stranger", Roles.Customer);

        Assert.Equal(ErrorCodes.NotFound, (await _service.JoinAsync(stranger, "phone", new JoinRequest("c"))).Refusal?.Code);

        Assert.True(_subscriptions.Of("c").IsEmpty);
    }

    [Fact]
    public async Task Join_StoreFails_HearsNothing()
    {
        _store.BeforeJoin = () => throw new StoreUnavailableException("on purpose");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _service.JoinAsync(Customer, "phone", new JoinRequest("c")));

        Assert.True(_subscriptions.Of("c").IsEmpty);
    }

    [Fact]
    public async Task Join_MessageBetweenSubscribingAndReading_IsInTheAnswerOrHeard()
    {
        _store.BeforeJoin = async () =>
        {
            _store.BeforeJoin = null;
            Accepted(await _service.SendAsync(Agent, new SendRequest("c", "m1", "between")));
        };
        var joined = Accepted(await _service.JoinAsync(Customer, "phone", new JoinRequest("c")));

        Assert.Equal("m1", joined.Messages[^1].MessageId);
        Assert.Equal("m1", (await _push.NextAsync<MessageEvent>("phone")).Message.MessageId);
    }

    /// <summary>The agent is taken away and comes back while the join is under way: it must hear what follows.</summary>
    [Fact]
    public async Task Join_RemovedAndBackMeanwhile_HearsWhatFollows()
    {
        Accepted(await _service.JoinAsync(Customer, "phone", new JoinRequest("c")));
        _store.BeforeJoin = async () =>
        {
            _store.BeforeJoin = null;
            await ServeAsync(fence: 2, agent: null);
            await ServeAsync(fence: 3, Agent);
            await HeardAsync("phone", seq: 3);
        };

        var joined = Accepted(await _service.JoinAsync(Agent, "console", new JoinRequest("c")));
        Assert.Equal(3, joined.LastSeq);
        Accepted(await _service.SendAsync(Customer, new SendRequest("c", "m1", "still there?")));

        await HeardAsync("phone", seq: 4);
        await HeardAsync("console", seq: 4);
        Assert.Equal(3, _store.Joins);
    }

    [Fact]
    public async Task Join_ConnectionEndsMeanwhile_LeavesNothingBehind()
    {
        _store.BeforeJoin = async () =>
        {
            _store.BeforeJoin = null;
            Leaving = _service.DisconnectAsync("phone");
            await Task.Yield();
        };

        Assert.Equal(ErrorCodes.Unavailable, (await _service.JoinAsync(Customer, "phone", new JoinRequest("c"))).Refusal?.Code);
        await Leaving.Within();

        Assert.True(_subscriptions.Of("c").IsEmpty);
        Assert.Equal(["c"], _store.Left);
    }

    [Fact]
    public async Task Leave_LastConnection_TellsTheStoreOnce()
    {
        Accepted(await _service.JoinAsync(Customer, "phone", new JoinRequest("c")));
        Accepted(await _service.JoinAsync(Agent, "console", new JoinRequest("c")));

        Accepted(await _service.LeaveAsync("phone", new LeaveRequest("c")));
        Assert.Empty(_store.Left);

        await _service.DisconnectAsync("console").Within();
        Assert.Equal(["c"], _store.Left);
        Accepted(await _service.SendAsync(Agent, new SendRequest("c", "m1", "anybody?")));
        Assert.True(_push.IsSilent("phone") && _push.IsSilent("console"));
    }

    [Fact]
    public async Task Send_Again_IsADuplicate()
    {
        var first = Accepted(await _service.SendAsync(Customer, new SendRequest("c", "m1", "Hello")));
        var again = Accepted(await _service.SendAsync(Customer, new SendRequest("c", "m1", "Hello")));

        Assert.Equal(first with { Duplicate = true }, again);
    }

    [Fact]
    public async Task AddNote_ReachesAgentsOnly()
    {
        Accepted(await _service.JoinAsync(Customer, "phone", new JoinRequest("c")));
        Accepted(await _service.JoinAsync(Agent, "console", new JoinRequest("c")));

        Assert.Equal(ErrorCodes.Forbidden, (await _service.AddNoteAsync(Customer, new AddNoteRequest("c", "n1", "mine"))).Refusal?.Code);
        Accepted(await _service.AddNoteAsync(Agent, new AddNoteRequest("c", "n1", "checked the order")));
        Accepted(await _service.SendAsync(Agent, new SendRequest("c", "m1", "It is on its way.")));

        Assert.Equal(EntryKinds.Note, (await _push.NextAsync<MessageEvent>("console")).Message.Kind);
        var told = await _push.NextAsync<MessageEvent>("phone");
        Assert.Equal(("m1", 1L), (told.Message.MessageId, told.Message.After));
    }

    [Fact]
    public async Task TypingAndRead_ReachTheOther()
    {
        Accepted(await _service.JoinAsync(Customer, "phone", new JoinRequest("c")));

        Accepted(await _service.SetTypingAsync(Agent, new SetTypingRequest("c", Typing: true)));
        Accepted(await _service.MarkReadAsync(Agent, new MarkReadRequest("c", 1)));

        Assert.Equal("agent", (await _push.NextAsync<TypingEvent>("phone")).Author.Id);
        Assert.Equal(1, (await _push.NextAsync<ReadEvent>("phone")).Seq);
    }

    [Fact]
    public async Task AnyCall_Malformed_IsInvalid()
    {
        Assert.All(
            [
                (await _service.JoinAsync(Customer, "phone", new JoinRequest(null!))).Refusal,
                (await _service.JoinAsync(Customer, "phone", new JoinRequest("c", AfterSeq: -1))).Refusal,
                (await _service.JoinAsync(Customer, "phone", new JoinRequest("c", Epoch: "a b"))).Refusal,
                (await _service.JoinAsync(Customer, "phone", new JoinRequest("c", "e", 1, AfterId: ""))).Refusal,
                (await _service.LeaveAsync("phone", new LeaveRequest("")!)).Refusal,
                (await _service.SendAsync(Customer, new SendRequest("c", null!, "Hello"))).Refusal,
                (await _service.SendAsync(Customer, new SendRequest("c", new string('m', Limits.IdLength + 1), "Hello"))).Refusal,
                (await _service.SendAsync(Customer, new SendRequest("c", "m 1", "Hello"))).Refusal,
                (await _service.SendAsync(Customer, new SendRequest("c", "m1", null!))).Refusal,
                (await _service.SendAsync(Customer, new SendRequest("c", "m1", " \n "))).Refusal,
                (await _service.SetTypingAsync(Customer, new SetTypingRequest(null!, Typing: true))).Refusal,
                (await _service.MarkReadAsync(Customer, new MarkReadRequest("c", -1))).Refusal,
            ],
            refusal => Assert.Equal(ErrorCodes.Invalid, refusal?.Code));
        Assert.Equal(
            ErrorCodes.TooLarge, (await _service.SendAsync(Customer, new SendRequest("c", "m1", new string('x', Limits.TextLength + 1)))).Refusal?.Code);
    }

    private Task Leaving { get; set; } = Task.CompletedTask;

    private static Caller NewCaller(string id, string role) => new(
        id, role, "demo", null, null, null, IsVerified: role != Roles.Customer, DateTimeOffset.MaxValue);

    private static T Accepted<T>(Outcome<T> outcome)
        where T : notnull
    {
        Assert.True(outcome.IsAccepted, outcome.Refusal?.ToString());
        return outcome.Value;
    }

    private Task<bool> ServeAsync(long fence, Caller? agent) => _store.ApplyAsync(new ConversationChange(
        "c",
        $"contact:{fence}:event",
        fence,
        agent is null ? ContactStates.Waiting : ContactStates.Active,
        agent is null ? null : new AgentInfo(agent.Id, "Grace"),
        KeepsAgent: false,
        agent is null ? EventCodes.AgentAway : EventCodes.AgentJoined,
        Data: null)).Within();

    private async Task HeardAsync(string connectionId, long seq)
    {
        while ((await _push.NextAsync<MessageEvent>(connectionId)).Message.Seq < seq)
        {
        }
    }

    /// <summary>The store with a place to step in right before a join reads, and with what it was told about leaving.</summary>
    private sealed class ObservedStore(IConversationStore inner) : IConversationStore
    {
        public Func<Task>? BeforeJoin { get; set; }

        public int Joins { get; private set; }

        public List<string> Left { get; } = [];

        public async Task<Outcome<JoinedConversation>> JoinAsync(JoinCommand command, CancellationToken cancellationToken = default)
        {
            Joins++;
            await (BeforeJoin?.Invoke() ?? Task.CompletedTask);
            return await inner.JoinAsync(command, cancellationToken);
        }

        public Task LeaveAsync(string conversationId, CancellationToken cancellationToken = default)
        {
            Left.Add(conversationId);
            return inner.LeaveAsync(conversationId, cancellationToken);
        }

        public Task<Conversation> CreateAsync(NewConversation conversation, CancellationToken cancellationToken = default) =>
            inner.CreateAsync(conversation, cancellationToken);

        public Task<LastText?> FindLastTextAsync(string conversationId, string eventCode, CancellationToken cancellationToken = default) =>
            inner.FindLastTextAsync(conversationId, eventCode, cancellationToken);

        public Task<Conversation?> FindAsync(string conversationId, CancellationToken cancellationToken = default) =>
            inner.FindAsync(conversationId, cancellationToken);

        public Task<Outcome<AppendResult>> AppendAsync(AppendCommand command, CancellationToken cancellationToken = default) =>
            inner.AppendAsync(command, cancellationToken);

        public Task<Outcome<bool>> MarkReadAsync(string conversationId, Participant participant, long seq, CancellationToken cancellationToken = default) =>
            inner.MarkReadAsync(conversationId, participant, seq, cancellationToken);

        public Task<Outcome<bool>> SetTypingAsync(string conversationId, Participant participant, bool typing, CancellationToken cancellationToken = default) =>
            inner.SetTypingAsync(conversationId, participant, typing, cancellationToken);

        public Task<bool> ApplyAsync(ConversationChange change, CancellationToken cancellationToken = default) =>
            inner.ApplyAsync(change, cancellationToken);
    }
}
