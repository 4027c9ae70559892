using CoPilot.ChatServer.Conversations;
using CoPilot.Specifications.Conversations;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Conversations;

/// <summary>The specification over Redis, whichever way it runs.</summary>
public abstract class RedisConversationStoreSpecification : ConversationStoreSpecification
{
    private static int _prefixes;

    private readonly LogWatcher _log = new();
    private RedisConversationNode? _node;

    protected abstract string Configuration { get; }

    protected override async Task<IConversationStore> CreateStoreAsync(IConversationFeed feed, TimeProvider clock)
    {
        // A prefix of its own is a Redis of its own.
        _node = await RedisConversationNode.StartAsync(Configuration, $"test{Interlocked.Increment(ref _prefixes)}", feed, _log, clock, isPatient: true);
        return new HeardConversationStore(_node);
    }

    protected override async ValueTask ReleaseStoreAsync()
    {
        await _node!.DisposeAsync();
        _log.Dispose();
    }
}
