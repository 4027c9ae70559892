using System.Collections.Concurrent;
using System.Threading.Channels;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// Brings what the store announces to this node's connections: one pump takes announcements in their order, so each connection hears a
/// conversation in its log's order.
/// <para><b>When full.</b> Announcing never waits. An announcement that finds no room ends all subscriptions of its conversation here and
/// has those connections cut off: they come back, join, and the log gives them what they missed. Dropping it silently would leave them
/// without knowing, and a member who was removed would go on hearing.</para>
/// </summary>
internal sealed class ConversationDelivery : IConversationFeed, IAsyncDisposable
{
    /// <summary>Some tenths of a second of the most that one node announces; in memory a few megabytes at the worst.</summary>
    private const int QueueLength = 8_192;

    private readonly Channel<ConversationAnnouncement> _queue;
    private readonly ConcurrentQueue<string> _toAbort = new();
    private readonly ConversationSubscriptions _subscriptions;
    private readonly IConversationPush _push;
    private readonly ConversationMetrics _metrics;
    private readonly ILogger<ConversationDelivery> _logger;
    private readonly Task _pumping;
    private volatile bool _isClosed;

    public ConversationDelivery(
        ConversationSubscriptions subscriptions, IConversationPush push, ConversationMetrics metrics, ILogger<ConversationDelivery> logger)
        : this(subscriptions, push, metrics, logger, QueueLength)
    {
    }

    internal ConversationDelivery(
        ConversationSubscriptions subscriptions,
        IConversationPush push,
        ConversationMetrics metrics,
        ILogger<ConversationDelivery> logger,
        int queueLength)
    {
        _queue = Channel.CreateBounded<ConversationAnnouncement>(new BoundedChannelOptions(queueLength) { SingleReader = true });
        (_subscriptions, _push, _metrics, _logger) = (subscriptions, push, metrics, logger);
        _pumping = Task.Run(PumpAsync);
    }

    public void Announce(ConversationAnnouncement announcement)
    {
        // Whoever subscribes from now on reads this in the log.
        if (_subscriptions.Of(announcement.ConversationId).IsEmpty)
        {
            return;
        }

        if (!_queue.Writer.TryWrite(announcement) && !_isClosed)
        {
            var connections = EndAll(announcement.ConversationId);
            ConversationLog.FellBehind(_logger, announcement.ConversationId, connections);
        }
    }

    /// <summary>Delivers what is queued; what is announced from now on is not.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        _queue.Writer.TryComplete();
        await _pumping;
    }

    private async Task PumpAsync()
    {
        await foreach (var announcement in _queue.Reader.ReadAllAsync())
        {
            AbortEnded();
            try
            {
                Deliver(announcement);
            }
#pragma warning disable CA1031 // The pump is everybody's; one conversation's fault ends that conversation's connections and nothing else.
            catch (Exception error)
#pragma warning restore CA1031
            {
                ConversationLog.DeliveryFailed(_logger, announcement.ConversationId, error);
                EndAll(announcement.ConversationId);
                AbortEnded();
            }
        }
    }

    /// <summary>Subscriptions end here and now; cutting connections is left to the pump, which a full queue keeps awake.</summary>
    private int EndAll(string conversationId)
    {
        var connections = _subscriptions.EndAll(conversationId);
        foreach (var connection in connections)
        {
            _toAbort.Enqueue(connection);
        }

        _metrics.CutOff(connections.Count);
        return connections.Count;
    }

    private void AbortEnded()
    {
        while (_toAbort.TryDequeue(out var connection))
        {
            _push.Abort(connection);
        }
    }

    private void Deliver(ConversationAnnouncement announcement)
    {
        switch (announcement)
        {
            case EntryAppended appended:
                DeliverEntry(appended, _subscriptions.Of(appended.ConversationId));
                break;
            case MarkedRead marked:
                DeliverMark(marked, _subscriptions.Of(marked.ConversationId));
                break;
            case TypingSet typing:
                DeliverTyping(typing, _subscriptions.Of(typing.ConversationId));
                break;
            case MemberRemoved removed:
                _subscriptions.RemoveParticipant(removed.ConversationId, removed.ParticipantId, removed.Seq);
                break;
            case LogLost lost:
                ConversationLog.LogLost(_logger, lost.ConversationId, EndAll(lost.ConversationId));
                AbortEnded();
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
            _push.Message(connections, new MessageEvent(appended.ConversationId, appended.Epoch, entry));
            _metrics.Delivered(connections.Count);
        }
    }

    private void DeliverMark(MarkedRead marked, Subscribers subscribers)
    {
        var (id, reader) = (marked.ConversationId, marked.ParticipantId);
        if (subscribers.Others(reader, seeAgentEntries: true) is { Count: > 0 } agents)
        {
            _push.Read(agents, new ReadEvent(id, reader, marked.Role, marked.Seq));
        }

        if (marked.SeqForCustomers is { } seq && subscribers.Others(reader, seeAgentEntries: false) is { Count: > 0 } customers)
        {
            _push.Read(customers, new ReadEvent(id, reader, marked.Role, seq));
        }
    }

    private void DeliverTyping(TypingSet typing, Subscribers subscribers)
    {
        List<string> others = [.. subscribers.Others(typing.Author.Id, seeAgentEntries: true), .. subscribers.Others(typing.Author.Id, seeAgentEntries: false)];
        if (others.Count > 0)
        {
            _push.Typing(others, new TypingEvent(typing.ConversationId, typing.Author, typing.Typing));
        }
    }
}
