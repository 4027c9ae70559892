using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;

namespace CoPilot.ChatServer.Tests.Conversations;

public sealed class ConversationSubscriptionsTests
{
    private static readonly Participant Customer = new("customer", Roles.Customer, "Ada");

    private static readonly Participant Agent = new("agent", Roles.Agent, "Grace");

    private readonly ConversationSubscriptions _subscriptions = new();

    public ConversationSubscriptionsTests()
    {
        _subscriptions.Open("one");
        _subscriptions.Open("two");
    }

    [Fact]
    public void Subscribe_Again_ReplacesWhatTheConnectionHad()
    {
        var first = _subscriptions.Subscribe("c", "one", Agent)!;
        Assert.True(_subscriptions.Confirm(first, 1));
        var second = _subscriptions.Subscribe("c", "one", Agent)!;

        Assert.Equal(["one"], _subscriptions.Of("c").Everybody);
        Assert.Same(second, Assert.Single(_subscriptions.Of("c").Subscriptions));
        Assert.True(_subscriptions.Confirm(second, 1));
    }

    [Fact]
    public void Subscribe_ConnectionNotOpen_IsRefused()
    {
        Assert.Null(_subscriptions.Subscribe("c", "unknown", Agent));
        _subscriptions.Close("one");
        Assert.Null(_subscriptions.Subscribe("c", "one", Agent));
        Assert.True(_subscriptions.Of("c").IsEmpty);
    }

    [Fact]
    public void Close_LeavesAllAndUndoesAJoinUnderWay()
    {
        _subscriptions.Confirm(_subscriptions.Subscribe("c", "one", Customer)!, 1);
        var underWay = _subscriptions.Subscribe("d", "one", Customer)!;
        _subscriptions.Confirm(_subscriptions.Subscribe("c", "two", Agent)!, 1);

        Assert.Equal(["c", "d"], _subscriptions.Close("one").Order(StringComparer.Ordinal));

        Assert.False(_subscriptions.Confirm(underWay, 1));
        Assert.Equal(["two"], _subscriptions.Of("c").Everybody);
        Assert.True(_subscriptions.Of("d").IsEmpty);
        Assert.Empty(_subscriptions.Close("one"));
    }

    [Fact]
    public void RemoveParticipant_EndsAllOfTheirsThere()
    {
        Join("c", "one", Agent, lastSeq: 4);
        Join("c", "two", Agent, lastSeq: 2);
        Join("d", "one", Agent, lastSeq: 1);

        _subscriptions.RemoveParticipant("c", "agent", seq: 5);

        Assert.True(_subscriptions.Of("c").IsEmpty);
        Assert.False(_subscriptions.Of("d").IsEmpty);

        // It had not left, so the store still has to be told when the connection ends.
        Assert.Equal(["c", "d"], _subscriptions.Close("one").Order(StringComparer.Ordinal));
    }

    /// <summary>Removed, made a member again, joined: the removal's announcement arrives last and speaks of what the join had already read.</summary>
    [Fact]
    public void RemoveParticipant_OlderThanTheJoin_IsPassedOver()
    {
        Join("c", "one", Agent, lastSeq: 5);

        _subscriptions.RemoveParticipant("c", "agent", seq: 5);

        Assert.Equal(["one"], _subscriptions.Of("c").Agents);
    }

    [Fact]
    public void RemoveParticipant_WhileAJoinIsUnderWay_MakesItStartOver()
    {
        var underWay = _subscriptions.Subscribe("c", "one", Agent)!;

        _subscriptions.RemoveParticipant("c", "agent", seq: 5);

        Assert.False(_subscriptions.Confirm(underWay, lastSeq: 9));
        Assert.True(_subscriptions.Of("c").IsEmpty);
    }

    [Fact]
    public void Of_IsByAudience()
    {
        Join("c", "one", Customer, lastSeq: 1);
        Join("c", "two", Agent, lastSeq: 1);

        var subscribers = _subscriptions.Of("c");
        Assert.Equal(["one"], subscribers.Customers);
        Assert.Equal(["two"], subscribers.Agents);
        Assert.Equal(["one", "two"], subscribers.Everybody);
    }

    private void Join(string conversationId, string connectionId, Participant participant, long lastSeq) =>
        Assert.True(_subscriptions.Confirm(_subscriptions.Subscribe(conversationId, connectionId, participant)!, lastSeq));
}
