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
    private static readonly RedisLibrary Library = RedisLibrary.Load(
        typeof(RedisConversationScripts).Assembly, "conversation", "conversation", "conversation_members", "conversation_log");

    public static readonly RedisScript Append = Library["conversation_append"];

    public static readonly RedisScript Apply = Library["conversation_apply"];

    public static readonly RedisScript Create = Library["conversation_create"];

    public static readonly RedisScript Find = Library["conversation_find"];

    public static readonly RedisScript Join = Library["conversation_join"];

    public static readonly RedisScript MarkRead = Library["conversation_mark_read"];

    public static readonly RedisScript ReadBack = Library["conversation_read_back"];

    public static readonly RedisScript Recover = Library["conversation_recover"];

    public static readonly RedisScript SetTyping = Library["conversation_set_typing"];

    private static readonly RedisScript Leave = Library["conversation_leave"];

    private static readonly RedisScript ForgetNodes = Library["conversation_forget_nodes"];

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

    /// <param name="nodes">Who hears the conversation, as a script that announced something replies it.</param>
    public void ForgetDeadNodes(string conversationId, RedisReply nodes)
    {
        List<RedisValue>? dead = null;
        foreach (var nodeId in RedisConversationFormat.ReadNodes((byte[])nodes!))
        {
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
