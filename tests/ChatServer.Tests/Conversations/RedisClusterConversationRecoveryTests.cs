using CoPilot.ChatServer.Conversations;
using CoPilot.Specifications.Conversations;
using CoPilot.TestKit;
using static CoPilot.ChatServer.Tests.Conversations.RedisConversationTalk;

namespace CoPilot.ChatServer.Tests.Conversations;

/// <summary>A node whose subscription was interrupted while a member of the cluster is away.</summary>
public sealed class RedisClusterConversationRecoveryTests : IAsyncLifetime
{
    /// <summary>On each member: more than are made good at a time, so that those that fail come before some that need not.</summary>
    private const int Conversations = 20;

    private readonly LogWatcher _log = new();
    private readonly RecordingFeed _feed = new();
    private readonly ConversationSubscriptions _subscriptions = new();
    private RedisCluster _redis = null!;
    private RedisConversationNode _node = null!;
    private RedisConversationTalk _talk = null!;

    public async ValueTask InitializeAsync()
    {
        _log.Expect("cannot reach Redis");
        _log.Expect("is out of reach");
        _redis = await RedisCluster.StartAsync([.. RedisServer.Durable]);
        _node = await RedisConversationNode.StartAsync(_redis.Configuration, "test", _feed, _log, subscriptions: _subscriptions);
        _talk = new RedisConversationTalk(_node.Store);
        _subscriptions.Open("phone");
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _redis.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Recover_WhileAMemberIsAway_TellsTheEndOfWhatLiesOnTheOthers()
    {
        // Without the list of living nodes no node knows that it hears.
        var nodes = await _redis.OwnerOfAsync("test:{nodes}:live");
        var others = _redis.Members.Where(member => member != nodes).ToList();
        var (away, staying) = (others[0], others[1]);
        var gone = await JoinOnAsync(away);
        var here = await JoinOnAsync(staying);
        await away.KillHardAsync();

        foreach (var member in new[] { nodes, staying })
        {
            await member.KillClientsAsync("pubsub");
        }

        await Eventually.TrueAsync(() => here.TrueForAll(IsTold));
        Assert.DoesNotContain(gone, IsTold);
        Assert.False(_node.Bus.IsReady);

        await away.StartAgainAsync();
        await Eventually.TrueAsync(() => gone.TrueForAll(IsTold) && _node.Bus.IsReady);
    }

    private bool IsTold(string conversationId) =>
        _feed.Announcements.OfType<EntryAppended>().Any(appended => appended.ConversationId == conversationId && appended.Entry.MessageId == "m1");

    /// <summary>Conversations that lie there, each with a message at its end that this node's join has read.</summary>
    private async Task<List<string>> JoinOnAsync(RedisServer member)
    {
        var ids = new List<string>();
        for (var number = 0; ids.Count < Conversations; number++)
        {
            var id = $"c{number}";
            if (await _redis.OwnerOfAsync($"{{{id}}}") == member)
            {
                await JoinAsync(id);
                ids.Add(id);
            }
        }

        return ids;
    }

    private async Task JoinAsync(string id)
    {
        await _talk.OpenServedAsync(id);
        await _talk.SayAsync(id, Customer, "m1");
        var subscription = _subscriptions.Subscribe(id, "phone", Customer)!;
        var joined = await _node.Store.JoinAsync(new JoinCommand(id, Customer, null, 0, null, 500)).Within();
        Assert.True(_subscriptions.Confirm(subscription, joined.Value.Conversation.LastSeq));
    }
}
