using CoPilot.ChatServer.Redis;
using CoPilot.Realtime;
using CoPilot.Realtime.Nodes;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// Brings what the scripts announce to this node to its <see cref="RedisLogFollowers"/>, from before the bus starts until the node has stopped and
/// left the conversations that it still heard.
/// </summary>
internal sealed class RedisConversationHearing(
    NodeBus bus,
    RedisLogFollowers followers,
    ConversationSubscriptions subscriptions,
    RedisConversationRecovery recovery,
    RedisConversationScripts scripts,
    ILogger<RedisConversationHearing> logger) : IHostedLifecycleService
{
    /// <summary>Enough to keep Redis busy, few enough to leave room for calls that people wait for.</summary>
    private const int LeavesAtOnce = 16;

    /// <summary>Before any hosted service starts, and the bus is one.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        bus.Handle(NodeMessages.ConversationAnnouncement, Hear);
        bus.OnRecovery(recovery.RecoverAsync);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Connections that ended left by themselves; what is left belongs to those that were cut.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = LeavesAtOnce, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(subscriptions.Conversations, options, async (id, _) => await scripts.UnregisterAsync(id));
        }
        catch (StoreUnavailableException unavailable)
        {
            // The others notice that this node is gone.
            RedisConversationLog.NotLeft(logger, unavailable);
        }
    }

    private void Hear(ReadOnlyMemory<byte> body)
    {
        if (RedisConversationFormat.ReadAnnouncement(body.Span) is { } announcement)
        {
            followers.Announce(announcement);
        }
    }
}
