using System.Collections.Concurrent;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// Which connections of this node hear which conversation. Thread-safe; reading takes no lock.
/// <para>A join subscribes first and reads afterwards, so nothing falls between. Until it has read and confirmed, anything that ends its
/// subscription makes it start over: whether that came before or after what it read cannot be told.</para>
/// </summary>
internal sealed class ConversationSubscriptions
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Subscribers> _byConversation = new(StringComparer.Ordinal);

    /// <summary>
    /// Open connections with the conversations that they joined and have not left. An ended subscription stays in it until then, because the store
    /// still believes that this node wants to hear.
    /// </summary>
    private readonly Dictionary<string, Dictionary<string, Subscription>> _byConnection = new(StringComparer.Ordinal);

    /// <summary>One join or leave of a conversation at a time, and nothing else that tells the store whether this node wants to hear it.</summary>
    public ConversationGates Gates { get; } = new();

    /// <summary>The conversations that somebody here hears, at this moment.</summary>
    public ICollection<string> Conversations => _byConversation.Keys;

    public Subscribers Of(string conversationId) => _byConversation.GetValueOrDefault(conversationId, Subscribers.None);

    public void Open(string connectionId)
    {
        lock (_gate)
        {
            _byConnection.TryAdd(connectionId, new Dictionary<string, Subscription>(StringComparer.Ordinal));
        }
    }

    /// <summary>Ends all that the connection hears, and answers the conversations that it had joined; later joins of it are refused.</summary>
    public IReadOnlyCollection<string> Close(string connectionId)
    {
        lock (_gate)
        {
            if (!_byConnection.Remove(connectionId, out var joined))
            {
                return [];
            }

            foreach (var subscription in joined.Values)
            {
                EndLocked(subscription);
            }

            return joined.Keys;
        }
    }

    /// <summary>From now on the connection hears the conversation; it replaces what the connection had there. Null when the connection is not open.</summary>
    public Subscription? Subscribe(string conversationId, string connectionId, Participant participant)
    {
        lock (_gate)
        {
            if (!_byConnection.TryGetValue(connectionId, out var joined))
            {
                return null;
            }

            if (joined.TryGetValue(conversationId, out var former))
            {
                EndLocked(former);
            }

            var subscription = new Subscription(conversationId, connectionId, participant);
            joined[conversationId] = subscription;
            _byConversation[conversationId] = Of(conversationId).With(subscription);
            return subscription;
        }
    }

    /// <summary>The join has read up to <paramref name="lastSeq"/>. False when its subscription was ended meanwhile: it must start over.</summary>
    public bool Confirm(Subscription subscription, long lastSeq)
    {
        lock (_gate)
        {
            subscription.JoinedAtSeq = lastSeq;
            return !subscription.IsEnded;
        }
    }

    /// <summary>The connection hears the conversation no more, but has not left it.</summary>
    public void End(Subscription subscription)
    {
        lock (_gate)
        {
            EndLocked(subscription);
        }
    }

    /// <summary>The connection hears the conversation no more and has left it.</summary>
    public void Unsubscribe(string conversationId, string connectionId)
    {
        lock (_gate)
        {
            if (_byConnection.TryGetValue(connectionId, out var joined) && joined.Remove(conversationId, out var subscription))
            {
                EndLocked(subscription);
            }
        }
    }

    /// <summary>The participant's membership ended with the entry <paramref name="seq"/>; who had read that entry at joining is a member anew.</summary>
    public void RemoveParticipant(string conversationId, string participantId, long seq)
    {
        lock (_gate)
        {
            foreach (var subscription in Of(conversationId).Subscriptions)
            {
                if (subscription.Participant.ParticipantId == participantId && !(subscription.JoinedAtSeq >= seq))
                {
                    EndLocked(subscription);
                }
            }
        }
    }

    /// <summary>Nobody here hears the conversation any more; answers the connections that did.</summary>
    public IReadOnlyList<string> EndAll(string conversationId)
    {
        lock (_gate)
        {
            var subscribers = Of(conversationId);
            foreach (var subscription in subscribers.Subscriptions)
            {
                EndLocked(subscription);
            }

            return subscribers.Everybody;
        }
    }

    private void EndLocked(Subscription subscription)
    {
        if (subscription.IsEnded)
        {
            return;
        }

        subscription.IsEnded = true;
        var others = Of(subscription.ConversationId).Without(subscription);
        if (others.IsEmpty)
        {
            _byConversation.TryRemove(subscription.ConversationId, out _);
        }
        else
        {
            _byConversation[subscription.ConversationId] = others;
        }
    }
}
