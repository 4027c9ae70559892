using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// Brings what happens in conversations to this node's connections, in the thread that announces it and in the order in which it is announced.
/// <para>Telling never waits for a receiver. A conversation of which something cannot be told has its subscriptions here ended and those connections cut off: they
/// come back, join, and the log gives them what they missed. Leaving it out silently would leave them without knowing, and a member who was removed would go on
/// hearing.</para>
/// </summary>
internal sealed class ConversationDelivery(
    ConversationSubscriptions subscriptions, IConversationPush push, ConversationMetrics metrics, ILogger<ConversationDelivery> logger) : IConversationFeed
{
    public void Announce(ConversationAnnouncement announcement)
    {
        try
        {
            Deliver(announcement);
        }
#pragma warning disable CA1031 // The thread is the engine's; one conversation's fault ends that conversation's connections and nothing else.
        catch (Exception error)
#pragma warning restore CA1031
        {
            ConversationLog.DeliveryFailed(logger, announcement.ConversationId, error);
            CutOff(announcement.ConversationId);
        }
    }

    /// <summary>Whoever subscribes from now on reads in the log what is announced before.</summary>
    public bool HasListeners(string conversationId) => !subscriptions.Of(conversationId).IsEmpty;

    /// <summary>From now on nobody here hears the conversation; answers the connections that did, which are still to be cut.</summary>
    public IReadOnlyList<string> EndAll(string conversationId)
    {
        var connections = subscriptions.EndAll(conversationId);
        metrics.CutOff(connections.Count);
        return connections;
    }

    public void Abort(string connectionId) => push.Abort(connectionId);

    private int CutOff(string conversationId)
    {
        var connections = EndAll(conversationId);
        foreach (var connection in connections)
        {
            Abort(connection);
        }

        return connections.Count;
    }

    private void Deliver(ConversationAnnouncement announcement)
    {
        switch (announcement)
        {
            case EntryAppended appended:
                DeliverEntry(appended, subscriptions.Of(appended.ConversationId));
                break;
            case MarkedRead marked:
                DeliverMark(marked, subscriptions.Of(marked.ConversationId));
                break;
            case TypingSet typing:
                DeliverTyping(typing, subscriptions.Of(typing.ConversationId));
                break;
            case MemberRemoved removed:
                subscriptions.RemoveParticipant(removed.ConversationId, removed.ParticipantId, removed.Seq);
                break;
            case LogLost lost:
                ConversationLog.LogLost(logger, lost.ConversationId, CutOff(lost.ConversationId));
                break;
            default:
                throw new NotSupportedException($"Nobody knows how to deliver a {announcement.GetType().Name}.");
        }
    }

    private void DeliverEntry(EntryAppended appended, Subscribers subscribers)
    {
        var entry = appended.Entry;
        if (entry.IsForCustomers && entry.AfterForCustomers == entry.Seq - 1)
        {
            // Both audiences see the same, so one payload does.
            Tell(subscribers.Everybody, appended, entry.ForAgents());
            return;
        }

        Tell(subscribers.Agents, appended, entry.ForAgents());
        if (entry.IsForCustomers)
        {
            Tell(subscribers.Customers, appended, entry.ForCustomers());
        }
    }

    private void Tell(IReadOnlyList<string> connections, EntryAppended appended, LogEntry entry)
    {
        if (connections.Count > 0)
        {
            push.Message(connections, new MessageEvent(appended.ConversationId, appended.Epoch, entry));
            metrics.Delivered(connections.Count);
        }
    }

    private void DeliverMark(MarkedRead marked, Subscribers subscribers)
    {
        var (id, reader) = (marked.ConversationId, marked.ParticipantId);
        if (subscribers.Others(reader, seeAgentEntries: true) is { Count: > 0 } agents)
        {
            push.Read(agents, new ReadEvent(id, reader, marked.Role, marked.Seq));
        }

        if (marked.SeqForCustomers is { } seq && subscribers.Others(reader, seeAgentEntries: false) is { Count: > 0 } customers)
        {
            push.Read(customers, new ReadEvent(id, reader, marked.Role, seq));
        }
    }

    private void DeliverTyping(TypingSet typing, Subscribers subscribers)
    {
        List<string> others = [.. subscribers.Others(typing.Author.Id, seeAgentEntries: true), .. subscribers.Others(typing.Author.Id, seeAgentEntries: false)];
        if (others.Count > 0)
        {
            push.Typing(others, new TypingEvent(typing.ConversationId, typing.Author, typing.Typing));
        }
    }
}
