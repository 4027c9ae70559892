using CoPilot.ChatServer.Redis;
using CoPilot.Realtime;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// The scripts of conversations and how they are run: each is one atomic step and one round trip, with the same keys and the same first arguments. Thread-safe.
/// <para>A script announces what it did by itself, to the channels of the nodes with members connected. What a member here said or did, this node learns by the
/// reply and is not announced to: <see cref="RedisLogFollowers"/> puts both ways into one order.</para>
/// </summary>
internal sealed class RedisConversationScripts
{
    public static readonly RedisScript Append = Load("conversation_append");

    public static readonly RedisScript Apply = Load("conversation_apply");

    public static readonly RedisScript Create = Load("conversation_create");

    public static readonly RedisScript Find = Load("conversation_find");

    public static readonly RedisScript Join = Load("conversation_join");

    public static readonly RedisScript MarkRead = Load("conversation_mark_read");

    public static readonly RedisScript ReadBack = Load("conversation_read_back");

    public static readonly RedisScript Recover = Load("conversation_recover");

    public static readonly RedisScript SetTyping = Load("conversation_set_typing");

    private static readonly RedisScript Leave = Load("conversation_leave");

    private static readonly RedisScript ForgetNodes = Load("conversation_forget_nodes");

    /// <summary>
    /// A registration younger than this stands, whatever a sender believes. A node that was only taken for dead notices by its next heartbeat and registers
    /// anew; a sender whose list of the living is still from before that (it is at most seconds old) must not undo it. Until then announcements to a dead
    /// node's channel reach nobody and cost next to nothing.
    /// </summary>
    private static readonly TimeSpan RegistrationStands = TimeSpan.FromMinutes(1);

    private readonly RedisConnections _redis;
    private readonly NodeBus _bus;
    private readonly ChatKeys _keys;
    private readonly TimeProvider? _clockOfTests;

    /// <param name="clockOfTests">Null outside tests: the scripts then go by Redis' own clock.</param>
    public RedisConversationScripts(RedisConnections redis, NodeBus bus, ChatKeys keys, TimeProvider? clockOfTests = null) =>
        (_redis, _bus, _keys, _clockOfTests) = (redis, bus, keys, clockOfTests);

    public string NodeId => _bus.NodeId;

    public Task<RedisReply> RunAsync(RedisScript script, string conversationId, params ReadOnlySpan<RedisValue> arguments)
    {
        var now = _clockOfTests is { } clock ? (RedisValue)clock.GetUtcNow().ToUnixTimeMilliseconds() : RedisValue.EmptyString;
        return _redis.EvaluateAsync(
            script,
            _keys.OfConversation(conversationId),
            [_bus.ChannelPrefix, RedisConversationFormat.Opening(conversationId), now, .. arguments]);
    }

    /// <summary>This node has nobody connected any more.</summary>
    public Task UnregisterAsync(string conversationId) => RunAsync(Leave, conversationId, NodeId);

    /// <param name="reply">Of a script that announced something.</param>
    /// <param name="firstNode">Where in it the ids of the nodes begin that it was announced to.</param>
    public void ForgetDeadNodes(string conversationId, RedisReply[] reply, int firstNode)
    {
        List<RedisValue>? dead = null;
        for (var i = firstNode; i < reply.Length; i++)
        {
            var nodeId = (string)reply[i]!;
            if (!_bus.IsAlive(nodeId))
            {
                (dead ??= [(long)RegistrationStands.TotalMilliseconds]).Add(nodeId);
            }
        }

        if (dead is not null)
        {
            _ = ForgetAsync(conversationId, [.. dead]);
        }
    }

    private static RedisScript Load(string name) => RedisScript.Load(typeof(RedisConversationScripts).Assembly, name, "conversation");

    private async Task ForgetAsync(string conversationId, RedisValue[] arguments)
    {
        try
        {
            await RunAsync(ForgetNodes, conversationId, arguments);
        }
        catch (StoreUnavailableException)
        {
            // The next sender notices them, too.
        }
    }
}
