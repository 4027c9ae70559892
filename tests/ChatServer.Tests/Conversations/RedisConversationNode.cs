using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Tests.Redis;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using CoPilot.TestKit;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Tests.Conversations;

/// <summary>One node's way from its store to Redis and back to its feed, without a host around it.</summary>
internal sealed class RedisConversationNode : IAsyncDisposable
{
    private const byte Marker = 255;

    private static readonly RedisScript PublishMarker = RedisScript.Load(typeof(RedisConversationNode).Assembly, "test_publish");

    private static readonly RedisScript Register = RedisScript.Load(typeof(RedisConversationNode).Assembly, "test_register");

    private readonly ConcurrentDictionary<long, TaskCompletionSource> _markers = new();
    private readonly TestMeters _meters = new();
    private readonly RedisConversationHearing _hearing;
    private readonly RedisConversationRepair _repair;
    private long _lastMarker;

    private RedisConversationNode(
        RedisConnections redis, string name, IConversationFeed feed, ConversationSubscriptions subscriptions, TimeProvider? clock, LogWatcher log)
    {
        Redis = redis;
        Keys = new ChatKeys(redis.KeyPrefix);
        Bus = new NodeBus(redis, name, TimeProvider.System, log.For<NodeBus>());
        Bus.Handle(Marker, body => _markers[BitConverter.ToInt64(body.Span)].TrySetResult());
        Scripts = new RedisConversationScripts(redis, Bus, Keys, clock);
        Followers = new RedisLogFollowers(feed, TimeProvider.System);
        Store = new RedisConversationStore(Scripts, Followers);
        Recovery = new RedisConversationRecovery(Scripts, subscriptions, Followers, log.For<RedisConversationRecovery>());
        _repair = new RedisConversationRepair(Followers, Recovery, new ConversationMetrics(_meters), TimeProvider.System, log.For<RedisConversationRepair>());
        _hearing = new RedisConversationHearing(Bus, Followers, subscriptions, Recovery, Scripts, log.For<RedisConversationHearing>());
    }

    public RedisConnections Redis { get; }

    public ChatKeys Keys { get; }

    public NodeBus Bus { get; }

    public RedisConversationScripts Scripts { get; }

    public RedisLogFollowers Followers { get; }

    public RedisConversationStore Store { get; }

    public RedisConversationRecovery Recovery { get; }

    /// <param name="isPatient">For who never takes Redis away.</param>
    public static async Task<RedisConversationNode> StartAsync(
        string configuration,
        string keyPrefix,
        IConversationFeed feed,
        LogWatcher log,
        TimeProvider? clock = null,
        ConversationSubscriptions? subscriptions = null,
        string name = "node",
        bool isPatient = false)
    {
        var redis = isPatient
            ? PatientRedis.Connect(configuration, keyPrefix, log)
            : new RedisConnections(new RedisSettings(configuration, keyPrefix), TimeProvider.System, log.For<RedisConnections>());
        await redis.OpenAsync().Within();
        var node = new RedisConversationNode(redis, name, feed, subscriptions ?? new ConversationSubscriptions(), clock, log);
        await node._hearing.StartingAsync(CancellationToken.None);
        await node.Bus.StartAsync(CancellationToken.None).Within();
        await node._repair.StartAsync(CancellationToken.None).Within();
        await Eventually.TrueAsync(() => node.Bus.IsReady);
        return node;
    }

    /// <summary>From now on the node hears the conversation, as if a member were connected.</summary>
    public Task RegisterAsync(string conversationId, string nodeId, DateTimeOffset at) => Redis.EvaluateAsync(
        Register, [Head(conversationId)], [nodeId, at.ToUnixTimeMilliseconds()]).Within();

    /// <summary>The same for this node, which then also hears what is said here.</summary>
    public async Task FollowAsync(string conversationId)
    {
        Followers.Open(conversationId);
        await RegisterAsync(conversationId, Bus.NodeId, TimeProvider.System.GetUtcNow());
        Followers.Start(conversationId, (await Store.FindAsync(conversationId).Within())?.LastSeq ?? 0);
    }

    /// <summary>The nodes that Redis believes have members of the conversation connected.</summary>
    public async Task<List<string>> RegisteredAsync(string conversationId)
    {
        var packed = (byte[]?)await Redis.ExecuteAsync("HGET", Head(conversationId), "nodes").Within() ?? [];
        var ids = new List<string>();
        for (var i = sizeof(long); i < packed.Length; i += sizeof(long))
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(packed.AsSpan(i));
            i += sizeof(ushort);
            ids.Add(Encoding.UTF8.GetString(packed, i, length));
            i += length;
        }

        return ids;
    }

    /// <summary>
    /// Waits until everything has been heard here that was announced before the call: what comes from the same member of a cluster comes in order.
    /// </summary>
    public async Task HearAllAsync(string conversationId)
    {
        var number = Interlocked.Increment(ref _lastMarker);
        var heard = _markers.GetOrAdd(number, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await Redis.EvaluateAsync(
            PublishMarker,
            [Head(conversationId)],
            [Bus.ChannelPrefix + Bus.NodeId, NodeFrame.Make(Marker, BitConverter.GetBytes(number))]).Within();
        await heard.Task.Within();
        _markers.TryRemove(number, out _);
    }

    /// <summary>As the host does at a stop.</summary>
    public async Task StopAsync()
    {
        await Bus.StopAsync(CancellationToken.None).Within();
        await _hearing.StoppedAsync(CancellationToken.None).Within();
    }

    public async ValueTask DisposeAsync()
    {
        await _repair.StopAsync(CancellationToken.None).Within();
        _repair.Dispose();
        await Bus.StopAsync(CancellationToken.None).Within();
        Bus.Dispose();
        _meters.Dispose();
        await Redis.DisposeAsync();
    }

    private RedisKey Head(string conversationId) => Keys.OfConversation(conversationId)[0];
}
