using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Specifications.Conversations;
using CoPilot.TestKit;
using static CoPilot.ChatServer.Tests.Conversations.RedisConversationTalk;

namespace CoPilot.ChatServer.Tests.Conversations;

/// <summary>A node that goes deaf, with a customer's phone and an agent's console connected to it, and another node that does not.</summary>
public sealed class RedisConversationRecoveryTests : IAsyncLifetime
{
    private readonly LogWatcher _log = new();
    private readonly TestMeters _meters = new();
    private readonly RecordingPush _push = new();
    private readonly ConversationSubscriptions _subscriptions = new();
    private RedisServer _redis = null!;
    private long _round = 1_000;
    private TcpProxy _proxy = null!;
    private ConversationDelivery _delivery = null!;
    private RedisConversationNode _deaf = null!;
    private RedisConversationNode _other = null!;
    private RedisConversationTalk _talk = null!;

    public async ValueTask InitializeAsync()
    {
        // Which of the two connections notices first that Redis is gone is chance.
        _log.Expect("cannot reach Redis");
        _log.Expect("is out of reach");
        _redis = await RedisServer.StartAsync();
        _proxy = new TcpProxy(_redis.Port);
        _delivery = new ConversationDelivery(_subscriptions, _push, new ConversationMetrics(_meters), _log.For<ConversationDelivery>());
        _deaf = await RedisConversationNode.StartAsync($"127.0.0.1:{_proxy.Port}", "test", _delivery, _log, subscriptions: _subscriptions, name: "deaf");
        _other = await RedisConversationNode.StartAsync(_redis.Configuration, "test", new RecordingFeed(), _log, name: "other");
        _talk = new RedisConversationTalk(_other.Store);
        _subscriptions.Open("phone");
        _subscriptions.Open("console");
        await _talk.OpenServedAsync("c");
    }

    public async ValueTask DisposeAsync()
    {
        await _deaf.DisposeAsync();
        await _other.DisposeAsync();
        await _proxy.DisposeAsync();
        await _redis.DisposeAsync();
        _push.Dispose();
        _meters.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Recover_AnnouncementsLost_TellsTheEndOfTheLogToEachAsTheySeeIt()
    {
        await JoinAsync("c", "phone", Customer);
        await JoinAsync("c", "console", Agent);
        _proxy.Cut();
        await _talk.SayAsync("c", Customer, "m1");
        await _talk.SayAsync("c", Customer, "m2");
        await _talk.NoteAsync("c", Agent, "n1");
        await _other.Store.MarkReadAsync("c", Agent, 4).Within();
        _proxy.Restore();

        var told = await _push.NextAsync<MessageEvent>("phone");
        Assert.Equal(("m2", 3L, 2L), (told.Message.MessageId, told.Message.Seq, told.Message.After));
        Assert.Equal(3, (await _push.NextAsync<ReadEvent>("phone")).Seq);
        Assert.Equal("m2", (await _push.NextAsync<MessageEvent>("console")).Message.MessageId);
        Assert.Equal("n1", (await _push.NextAsync<MessageEvent>("console")).Message.MessageId);
    }

    [Fact]
    public async Task Recover_SubscriptionsKilledAgainAndAgain_EveryEndIsHeard()
    {
        await JoinAsync("c", "phone", Customer);
        for (var i = 0; i < 3; i++)
        {
            await _redis.KillClientsAsync("pubsub");
            var sent = await _talk.SayAsync("c", Agent, "m" + i);
            while ((await _push.NextAsync<MessageEvent>("phone")).Message.Seq < sent.Seq)
            {
                // An earlier one, told again.
            }
        }
    }

    [Fact]
    public async Task Recover_MemberRemovedMeanwhile_HearsNoMore()
    {
        await JoinAsync("c", "phone", Customer);
        await JoinAsync("c", "console", Agent);
        _proxy.Cut();
        Assert.True(await _talk.ServeAsync("c", OtherAgent, fence: 2));
        _proxy.Restore();

        await Eventually.TrueAsync(() => _subscriptions.Of("c").Agents.Count == 0);
        Assert.Equal(EventCodes.AgentJoined, (await _push.NextAsync<MessageEvent>("phone")).Message.Text);
        Assert.True(_push.IsSilent("console"));
    }

    [Fact]
    public async Task Recover_MemberRemovedAndBack_StaysWhoHasReadIt()
    {
        await _talk.ServeAsync("c", OtherAgent, fence: 2);
        await _talk.ServeAsync("c", Agent, fence: 3);
        await JoinAsync("c", "console", Agent);

        await _deaf.Recovery.RecoverAsync(++_round, CancellationToken.None).Within();

        Assert.Equal(3, (await _push.NextAsync<MessageEvent>("console")).Message.Seq);
        Assert.Single(_subscriptions.Of("c").Agents);
    }

    [Fact]
    public async Task Recover_LogGone_CutsItsConnectionsOff()
    {
        _log.Expect("is gone or was cut back");
        await JoinAsync("c", "phone", Customer);

        await _redis.CommandAsync("FLUSHALL");

        Assert.Equal("phone", await _push.NextAbortedAsync());
        Assert.Empty(_subscriptions.Conversations);
        var joined = await _deaf.Store.JoinAsync(new JoinCommand("c", Customer, "epoch", 1, null, 10)).Within();
        Assert.Equal(ErrorCodes.NotFound, joined.Refusal?.Code);
    }

    [Fact]
    public async Task Recover_LogCutBack_CutsItsConnectionsOff()
    {
        _log.Expect("is gone or was cut back");
        await _talk.SayAsync("c", Customer, "m1");
        await JoinAsync("c", "phone", Customer);
        await _redis.CommandAsync("XDEL", "test:{c}:conversation:log", "2-0");
        var head = "test:{c}:conversation:head";
        await _redis.CommandAsync(
            "EVAL", "return redis.call('HSET', KEYS[1], 'end', struct.pack('>I8I8', 1, 1) .. string.sub(redis.call('HGET', KEYS[1], 'end'), 17))", "1", head);

        await _deaf.Recovery.RecoverAsync(++_round, CancellationToken.None).Within();

        Assert.Equal("phone", await _push.NextAbortedAsync());
    }

    [Fact]
    public async Task Recover_TakenForDead_RegistersAgain()
    {
        await JoinAsync("c", "phone", Customer);
        await _redis.CommandAsync("HDEL", "test:{c}:conversation:head", "nodes");
        await _redis.CommandAsync("ZREM", "test:{nodes}:live", _deaf.Bus.NodeId);

        await Eventually.TrueAsync(async () => (await _other.RegisteredAsync("c")).Contains(_deaf.Bus.NodeId));
        await _talk.SayAsync("c", Agent, "m1");
        while ((await _push.NextAsync<MessageEvent>("phone")).Message.MessageId != "m1")
        {
            // The end of the log as it was when the node recovered.
        }
    }

    /// <summary>They speak on until it was recovered often between what they say. Only what the join has read may be told again, before all else.</summary>
    [Fact]
    public async Task Recover_WhileOthersSpeak_StaysInTheOrderOfTheLog()
    {
        await JoinAsync("c", "phone", Customer);
        const int Recoveries = 50;
        var recovered = 0;
        var speaking = Task.Run(async () =>
        {
            var said = 0;
            while (Volatile.Read(ref recovered) < Recoveries)
            {
                await _talk.SayAsync("c", Agent, "m" + said++);
            }

            return await _talk.SayAsync("c", Agent, "the end");
        });
        var recovering = Task.Run(async () =>
        {
            while (!speaking.IsCompleted)
            {
                await _deaf.Recovery.RecoverAsync(++_round, CancellationToken.None).Within();
                Interlocked.Increment(ref recovered);
            }
        });

        const long Joined = 1;
        for (var (last, end) = (Joined, false); !end;)
        {
            var message = (await _push.NextAsync<MessageEvent>("phone")).Message;
            Assert.InRange(message.Seq, last == Joined ? Joined : last + 1, last + 1);
            (last, end) = (message.Seq, message.MessageId == "the end");
        }

        await Task.WhenAll(speaking, recovering).Within();
    }

    /// <summary>As after an append whose answer never came; what was told is not told again, and nobody knows what a join has read.</summary>
    [Fact]
    public async Task Doubt_OfTheEnd_HasItTold_UnlessItWas()
    {
        await _talk.SayAsync("c", Customer, "m1");
        await JoinAsync("c", "phone", Customer);
        _deaf.Followers.Doubt("c");
        Assert.Equal("m1", (await _push.NextAsync<MessageEvent>("phone")).Message.MessageId);

        Assert.True(await _deaf.Recovery.RecoverAsync("c", CancellationToken.None).Within());
        await _talk.SayAsync("c", Customer, "m2");

        Assert.Equal("m2", (await _push.NextAsync<MessageEvent>("phone")).Message.MessageId);
    }

    [Fact]
    public async Task Announcement_LostByItself_IsMadeGood()
    {
        await JoinAsync("c", "phone", Customer);
        await _redis.CommandAsync("HDEL", "test:{c}:conversation:head", "nodes");
        await _talk.SayAsync("c", Agent, "m1");

        // What is said here shows that something is missing.
        Assert.True((await _deaf.Store.AppendAsync(Message("c", Customer, "m2")).Within()).IsAccepted);

        var told = (await _push.NextAsync<MessageEvent>("phone")).Message;
        Assert.Equal(("m2", 3L, 2L), (told.MessageId, told.Seq, told.After));
        await Eventually.TrueAsync(async () => (await _other.RegisteredAsync("c")).Contains(_deaf.Bus.NodeId));
    }

    [Fact]
    public async Task Append_RepeatedAfterAnAnswerThatWasLost_IsToldHere()
    {
        await JoinAsync("c", "phone", Customer);
        await _redis.CommandAsync("HDEL", "test:{c}:conversation:head", "nodes");
        await _talk.SayAsync("c", Customer, "m1");

        Assert.True((await _deaf.Store.AppendAsync(Message("c", Customer, "m1")).Within()).Value.Duplicate);

        Assert.Equal("m1", (await _push.NextAsync<MessageEvent>("phone")).Message.MessageId);
    }

    [Fact]
    public async Task Recover_ManyConversations_TellsAllAndCutsNobodyOff()
    {
        const int Count = 500;
        var ids = Enumerable.Range(0, Count).Select(i => "many-" + i).ToList();
        foreach (var some in ids.Chunk(100))
        {
            await Task.WhenAll(some.Select(_talk.OpenServedAsync));
            await Task.WhenAll(some.Select(id => JoinAsync(id, "phone", Customer)));
        }

        await _deaf.Recovery.RecoverAsync(++_round, CancellationToken.None).Within();

        var told = new HashSet<string>();
        while (told.Count < Count)
        {
            told.Add((await _push.NextAsync<MessageEvent>("phone")).ConversationId);
        }

        Assert.Equal(Count, _subscriptions.Conversations.Count);
    }

    private async Task JoinAsync(string conversationId, string connectionId, Participant participant)
    {
        var subscription = _subscriptions.Subscribe(conversationId, connectionId, participant)!;
        var joined = await _deaf.Store.JoinAsync(new JoinCommand(conversationId, participant, null, 0, null, 500)).Within();
        Assert.True(_subscriptions.Confirm(subscription, joined.Value.Conversation.LastSeq));
    }
}
