using System.Collections.Concurrent;
using System.Threading.Channels;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// For an engine whose thread has better to do than to serialise and send: takes note of what is announced, and one pump delivers it in that order.
/// <para><b>When full.</b> Announcing never waits. An announcement that finds no room ends all subscriptions of its conversation here and has those connections cut
/// off, for the reason that <see cref="ConversationDelivery"/> gives.</para>
/// </summary>
internal sealed class QueuedConversationFeed : IConversationFeed, IAsyncDisposable
{
    /// <summary>Some tenths of a second of the most that one node announces; in memory a few megabytes at the worst.</summary>
    private const int QueueLength = 8_192;

    private readonly Channel<ConversationAnnouncement> _queue;
    private readonly ConcurrentQueue<string> _toAbort = new();
    private readonly ConversationDelivery _delivery;
    private readonly ILogger<QueuedConversationFeed> _logger;
    private readonly Task _pumping;
    private volatile bool _isClosed;

    public QueuedConversationFeed(ConversationDelivery delivery, ILogger<QueuedConversationFeed> logger)
        : this(delivery, logger, QueueLength)
    {
    }

    internal QueuedConversationFeed(ConversationDelivery delivery, ILogger<QueuedConversationFeed> logger, int queueLength)
    {
        _queue = Channel.CreateBounded<ConversationAnnouncement>(new BoundedChannelOptions(queueLength) { SingleReader = true });
        (_delivery, _logger) = (delivery, logger);
        _pumping = Task.Run(PumpAsync);
    }

    public void Announce(ConversationAnnouncement announcement)
    {
        var conversationId = announcement.ConversationId;
        if (!_delivery.HasListeners(conversationId) || _queue.Writer.TryWrite(announcement) || _isClosed)
        {
            return;
        }

        // Cutting connections is left to the pump, which a full queue keeps awake.
        var connections = _delivery.EndAll(conversationId);
        foreach (var connection in connections)
        {
            _toAbort.Enqueue(connection);
        }

        ConversationLog.FellBehind(_logger, conversationId, connections.Count);
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
            while (_toAbort.TryDequeue(out var connection))
            {
                _delivery.Abort(connection);
            }

            _delivery.Announce(announcement);
        }
    }
}
