using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Conversations;

public sealed class ConversationDeliveryTests : IAsyncDisposable
{
    private const int QueueLength = 4;

    private static readonly Participant Customer = new("customer", Roles.Customer, "Ada");

    private static readonly Participant Agent = new("agent", Roles.Agent, "Grace");

    private readonly LogWatcher _log = new();
    private readonly TestMeters _meters = new();
    private readonly RecordingPush _push = new();
    private readonly ConversationSubscriptions _subscriptions = new();
    private readonly QueuedConversationFeed _delivery;

    public ConversationDeliveryTests()
    {
        var delivery = new ConversationDelivery(_subscriptions, _push, new ConversationMetrics(_meters), _log.For<ConversationDelivery>());
        _delivery = new QueuedConversationFeed(delivery, _log.For<QueuedConversationFeed>(), QueueLength);
        Join("c", "customer-phone", Customer);
        Join("c", "customer-laptop", Customer);
        Join("c", "agent-console", Agent);
    }

    [Fact]
    public async Task Entry_ForEverybody_ReachesEachConnectionAsItsAudienceSeesIt()
    {
        _delivery.Announce(new EntryAppended("c", "epoch", Entry(seq: 5, afterForCustomers: 2)));

        foreach (var (connection, after) in new[] { ("customer-phone", 2), ("customer-laptop", 2), ("agent-console", 4) })
        {
            var told = await _push.NextAsync<MessageEvent>(connection);
            Assert.Equal(("c", "epoch", 5L, (long)after), (told.ConversationId, told.Epoch, told.Message.Seq, told.Message.After));
        }
    }

    [Fact]
    public async Task Entry_SeenAlike_IsOnePayload()
    {
        _delivery.Announce(new EntryAppended("c", "epoch", Entry(seq: 5, afterForCustomers: 4)));

        var told = await _push.NextAsync<MessageEvent>("agent-console");
        Assert.Same(told, await _push.NextAsync<MessageEvent>("customer-phone"));
        Assert.Same(told, await _push.NextAsync<MessageEvent>("customer-laptop"));
    }

    [Fact]
    public async Task Entry_ForAgents_NeverReachesACustomer()
    {
        _delivery.Announce(new EntryAppended("c", "epoch", Entry(seq: 5, afterForCustomers: 4, Audiences.Agents)));
        _delivery.Announce(new EntryAppended("c", "epoch", Entry(seq: 6, afterForCustomers: 4)));

        Assert.Equal(5, (await _push.NextAsync<MessageEvent>("agent-console")).Message.Seq);
        Assert.Equal(6, (await _push.NextAsync<MessageEvent>("agent-console")).Message.Seq);
        Assert.Equal(6, (await _push.NextAsync<MessageEvent>("customer-phone")).Message.Seq);
    }

    [Fact]
    public async Task Typing_ReachesTheOthers()
    {
        _delivery.Announce(new TypingSet("c", Customer.ToAuthor(), Typing: true));
        _delivery.Announce(new TypingSet("c", Agent.ToAuthor(), Typing: true));

        Assert.Equal("customer", (await _push.NextAsync<TypingEvent>("agent-console")).Author.Id);
        Assert.Equal("agent", (await _push.NextAsync<TypingEvent>("customer-phone")).Author.Id);
        Assert.Equal("agent", (await _push.NextAsync<TypingEvent>("customer-laptop")).Author.Id);
        Assert.True(_push.IsSilent("agent-console"));
    }

    [Fact]
    public async Task Read_ReachesTheOthersAsFarAsTheyMaySee()
    {
        _delivery.Announce(new MarkedRead("c", "agent", Roles.Agent, Seq: 7, SeqForCustomers: null));
        _delivery.Announce(new MarkedRead("c", "agent", Roles.Agent, Seq: 9, SeqForCustomers: 8));
        _delivery.Announce(new MarkedRead("c", "customer", Roles.Customer, Seq: 8, SeqForCustomers: 8));

        Assert.Equal(new ReadEvent("c", "agent", Roles.Agent, 8), await _push.NextAsync<ReadEvent>("customer-phone"));
        Assert.Equal(new ReadEvent("c", "customer", Roles.Customer, 8), await _push.NextAsync<ReadEvent>("agent-console"));
        Assert.True(_push.IsSilent("agent-console") && _push.IsSilent("customer-phone"));
    }

    [Fact]
    public async Task MemberRemoved_HearsNeitherTheEventNorWhatFollows()
    {
        _delivery.Announce(new MemberRemoved("c", "agent", Seq: 3));
        _delivery.Announce(new EntryAppended("c", "epoch", Entry(seq: 3, afterForCustomers: 2)));

        Assert.Equal(3, (await _push.NextAsync<MessageEvent>("customer-phone")).Message.Seq);
        Assert.True(_push.IsSilent("agent-console"));
    }

    [Fact]
    public async Task QueueFull_CutsOffThatConversationAndNeverWaits()
    {
        _log.Expect("fell behind");
        Join("other", "other-console", Agent);
        _push.Hold();
        _delivery.Announce(new EntryAppended("other", "epoch", Entry(seq: 1, afterForCustomers: 0)));
        await _push.HeldAsync();
        for (var seq = 2; seq <= QueueLength + 1; seq++)
        {
            _delivery.Announce(new EntryAppended("other", "epoch", Entry(seq, afterForCustomers: seq - 1)));
        }

        _delivery.Announce(new EntryAppended("c", "epoch", Entry(seq: 1, afterForCustomers: 0)));

        Assert.True(_subscriptions.Of("c").IsEmpty);
        _push.Release();
        string[] aborted = [await _push.NextAbortedAsync(), await _push.NextAbortedAsync(), await _push.NextAbortedAsync()];
        Assert.Equal(["agent-console", "customer-laptop", "customer-phone"], aborted.Order(StringComparer.Ordinal));
        for (var seq = 1; seq <= QueueLength + 1; seq++)
        {
            Assert.Equal(seq, (await _push.NextAsync<MessageEvent>("other-console")).Message.Seq);
        }
    }

    [Fact]
    public async Task DeliveryThatFails_CutsOffThatConversationAndGoesOn()
    {
        _log.Expect("failed");
        Join("other", "other-console", Agent);

        _delivery.Announce(new Unknown("c"));
        _delivery.Announce(new EntryAppended("other", "epoch", Entry(seq: 1, afterForCustomers: 0)));

        await _push.NextAbortedAsync();
        Assert.Equal(1, (await _push.NextAsync<MessageEvent>("other-console")).Message.Seq);
        Assert.True(_subscriptions.Of("c").IsEmpty);
    }

    public async ValueTask DisposeAsync()
    {
        _push.Release();
        await _delivery.DisposeAsync();
        _push.Dispose();
        _meters.Dispose();
        _log.Dispose();
    }

    private static StoredEntry Entry(long seq, long afterForCustomers, string audience = Audiences.All) => new(
        seq, afterForCustomers, "m" + seq, EntryKinds.Text, audience, Customer.ToAuthor(), "text", DateTimeOffset.UnixEpoch);

    private void Join(string conversationId, string connectionId, Participant participant)
    {
        _subscriptions.Open(connectionId);
        Assert.True(_subscriptions.Confirm(_subscriptions.Subscribe(conversationId, connectionId, participant)!, lastSeq: 0));
    }

    private sealed record Unknown(string ConversationId) : ConversationAnnouncement(ConversationId);
}
