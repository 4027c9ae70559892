using System.Collections.Concurrent;
using CoPilot.Realtime;
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
    RedisConversationScripts scripts, ConversationSubscriptions subscriptions, RedisLogFollowers followers, ILogger<RedisConversationRecovery> logger)
{
    /// <summary>
    /// Conversations at a time. What they announce goes through the bounded queues of bus and delivery, which keep up with this many beside the traffic of
    /// a busy node; many more would fill them and cut off whom this is meant to help.
    /// </summary>
    private const int ConversationsAtOnce = 8;

    /// <summary>Reached in this round: a recovery that is tried on because a cluster's member is away does not tell all the others' ends anew each second.</summary>
    private readonly ConcurrentDictionary<string, bool> _reached = new(StringComparer.Ordinal);
    private long _round = -1;
    private bool _isComplete;

    /// <summary>One call at a time.</summary>
    /// <param name="round">The same as in the call before when nothing may have been missed since then.</param>
    /// <exception cref="StoreUnavailableException">Some were not reached, all others were; the bus calls again.</exception>
    public async Task RecoverAsync(long round, CancellationToken cancellationToken)
    {
        if (_round != round)
        {
            _reached.Clear();
            (_round, _isComplete) = (round, false);
        }

        if (_isComplete)
        {
            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = ConversationsAtOnce, CancellationToken = cancellationToken };
        var (reached, lost) = (0, 0);
        StoreUnavailableException? failure = null;
        await Parallel.ForEachAsync(subscriptions.Conversations.Where(id => !_reached.ContainsKey(id)), options, async (conversationId, cancellation) =>
        {
            try
            {
                if (!await RecoverAsync(conversationId, cancellation))
                {
                    Interlocked.Increment(ref lost);
                }

                Interlocked.Increment(ref reached);
                _reached[conversationId] = true;
            }
            catch (StoreUnavailableException unavailable)
            {
                failure = unavailable;
            }
        });
        if (reached > 0)
        {
            RedisConversationLog.Recovered(logger, reached, lost);
        }

        if (failure is not null)
        {
            throw new StoreUnavailableException("The end of some conversations could not be read.", failure);
        }

        _reached.Clear();
        _isComplete = true;
    }

    /// <summary>
    /// The one conversation; false when its log is gone or was cut back. Inside the conversation's gate: a leave that came between would be undone, and a join that
    /// is under way reads for itself.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It was not reached.</exception>
    public async Task<bool> RecoverAsync(string conversationId, CancellationToken cancellationToken)
    {
        using var turn = await subscriptions.Gates.EnterAsync(conversationId, cancellationToken);
        var subscribers = subscriptions.Of(conversationId);
        return subscribers.IsEmpty
            || (string)(await scripts.RunAsync(RedisConversationScripts.Recover, conversationId, Arguments(conversationId, subscribers)))! == "recovered";
    }

    private RedisValue[] Arguments(string conversationId, Subscribers subscribers)
    {
        var highestKnown = followers.LastOf(conversationId);
        var participants = new HashSet<(string Id, bool IsCustomer)>();
        foreach (var subscription in subscribers.Subscriptions)
        {
            highestKnown = Math.Max(highestKnown, subscription.JoinedAtSeq ?? 0);
            participants.Add((subscription.Participant.ParticipantId, !subscription.Participant.SeesAgentEntries));
        }

        List<RedisValue> arguments = [scripts.NodeId, highestKnown];
        foreach (var (id, isCustomer) in participants)
        {
            arguments.Add(id);
            arguments.Add(isCustomer ? "1" : "0");
        }

        return [.. arguments];
    }
}
