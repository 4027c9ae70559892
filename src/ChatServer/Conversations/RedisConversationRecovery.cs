using StackExchange.Redis;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// Makes good what this node may not have heard: its subscription was interrupted, it did not keep up, or others took it for dead and struck it off their
/// lists. Every conversation with members connected here is registered again and has the end of its log announced here once more, in one
/// step, so that nothing falls between.
/// <para>Those who have the last entry recognise it, those who miss more see the gap and join; whoever ceased to be a member meanwhile stops
/// hearing; a conversation whose log is gone or was cut back cuts its connections off, and they come back and learn.</para>
/// </summary>
internal sealed class RedisConversationRecovery(
    RedisConversationScripts scripts, ConversationSubscriptions subscriptions, ILogger<RedisConversationRecovery> logger)
{
    /// <summary>
    /// Conversations at a time. What they announce goes through the bounded queues of bus and delivery, which keep up with this many beside the traffic of
    /// a busy node; many more would fill them and cut off whom this is meant to help.
    /// </summary>
    private const int ConversationsAtOnce = 8;

    /// <exception cref="Realtime.StoreUnavailableException">Some were not reached; the bus calls again.</exception>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = ConversationsAtOnce, CancellationToken = cancellationToken };
        var conversations = subscriptions.Conversations;
        var lost = 0;
        await Parallel.ForEachAsync(conversations, options, async (conversationId, cancellation) =>
        {
            if (!await RecoverAsync(conversationId, cancellation))
            {
                Interlocked.Increment(ref lost);
            }
        });
        if (conversations.Count > 0)
        {
            RedisConversationLog.Recovered(logger, conversations.Count, lost);
        }
    }

    /// <summary>Inside the conversation's gate: a leave that came between would be undone, and a join that is under way reads for itself.</summary>
    private async Task<bool> RecoverAsync(string conversationId, CancellationToken cancellationToken)
    {
        using var turn = await subscriptions.Gates.EnterAsync(conversationId, cancellationToken);
        var subscribers = subscriptions.Of(conversationId);
        return subscribers.IsEmpty
            || (string)(await scripts.RunAsync(RedisConversationScripts.Recover, conversationId, Arguments(subscribers)))! == "recovered";
    }

    private RedisValue[] Arguments(Subscribers subscribers)
    {
        long highestRead = 0;
        var participants = new HashSet<(string Id, bool IsCustomer)>();
        foreach (var subscription in subscribers.Subscriptions)
        {
            highestRead = Math.Max(highestRead, subscription.JoinedAtSeq ?? 0);
            participants.Add((subscription.Participant.ParticipantId, !subscription.Participant.SeesAgentEntries));
        }

        List<RedisValue> arguments = [scripts.NodeId, highestRead];
        foreach (var (id, isCustomer) in participants)
        {
            arguments.Add(id);
            arguments.Add(isCustomer ? "1" : "0");
        }

        return [.. arguments];
    }
}
