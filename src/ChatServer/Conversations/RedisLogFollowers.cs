using System.Collections.Concurrent;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// The conversations that this node's members follow, from before their first join asks until the last one has left. Everything that the scripts tell this node
/// goes through here into the <see cref="IConversationFeed"/>; what nobody here follows ends here. Thread-safe.
/// <para>A conversation of which this node may have missed something, because predecessors of an entry do not come or because the outcome of an append made
/// here is unknown, is due for a repair; <see cref="RedisConversationRecovery"/> makes them.</para>
/// </summary>
internal sealed class RedisLogFollowers(IConversationFeed feed, TimeProvider clock)
{
    /// <summary>How late predecessors may be: far more than a reply and an announcement differ by, far less than a person waits for an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, RedisLogFollower> _followers = new(StringComparer.Ordinal);

    /// <summary>Since when a gap is known; null where a repair is due in any case.</summary>
    private readonly ConcurrentDictionary<string, long?> _toRepair = new(StringComparer.Ordinal);

    /// <summary>A join is about to ask: what this node hears from now on is kept for it.</summary>
    public void Open(string conversationId) => _followers.GetOrAdd(conversationId, static (_, feed) => new RedisLogFollower(feed), feed);

    /// <summary>The join was answered.</summary>
    /// <param name="lastSeq">The log's end then, whoever sees it.</param>
    public void Start(string conversationId, long lastSeq)
    {
        if (_followers.TryGetValue(conversationId, out var follower) && !follower.Start(lastSeq))
        {
            _toRepair[conversationId] = null;
        }
    }

    /// <summary>The join ended, however it did; one that never got an answer leaves nothing.</summary>
    public void Settle(string conversationId)
    {
        if (_followers.TryGetValue(conversationId, out var follower) && follower.EndUnlessStarted())
        {
            _followers.TryRemove(KeyValuePair.Create(conversationId, follower));
        }
    }

    /// <summary>Nobody here follows it any more.</summary>
    public void Close(string conversationId)
    {
        if (_followers.TryRemove(conversationId, out var follower))
        {
            follower.End();
        }
    }

    /// <summary>The highest entry that a member here may know.</summary>
    public long LastOf(string conversationId) => _followers.TryGetValue(conversationId, out var follower) ? follower.Last : 0;

    public void Announce(ConversationAnnouncement announcement)
    {
        if (!_followers.TryGetValue(announcement.ConversationId, out var follower))
        {
            return;
        }

        switch (announcement)
        {
            case EntryAppended appended:
                Hear(follower, appended);
                break;
            case EntryRepeated repeated:
                follower.HearAgain(repeated.Entry);
                break;
            case MemberRemoved removed:
                follower.Hear(removed);
                break;
            case LogLost lost:
                Lose(follower, lost);
                break;
            default:
                feed.Announce(announcement);
                break;
        }
    }

    /// <summary>Something may have been said here of which members here were not told.</summary>
    public void Doubt(string conversationId)
    {
        if (_followers.ContainsKey(conversationId))
        {
            _toRepair[conversationId] = null;
        }
    }

    /// <summary>The conversations whose repair is due; who takes them repairs them, or doubts again.</summary>
    public IReadOnlyList<string> TakeDue()
    {
        if (_toRepair.IsEmpty)
        {
            return [];
        }

        var due = new List<string>();
        foreach (var (conversationId, since) in _toRepair)
        {
            var isOld = since is not { } moment || clock.GetElapsedTime(moment) > Patience;
            if (isOld && _toRepair.TryRemove(KeyValuePair.Create(conversationId, since)) && (since is null || HasGap(conversationId)))
            {
                due.Add(conversationId);
            }
        }

        return due;
    }

    private void Hear(RedisLogFollower follower, EntryAppended appended)
    {
        switch (follower.Hear(appended))
        {
            case RedisLogFollower.Heard.Early:
                _toRepair.TryAdd(appended.ConversationId, clock.GetTimestamp());
                break;
            case RedisLogFollower.Heard.Contradicts:
                Lose(follower, new LogLost(appended.ConversationId));
                break;
        }
    }

    private void Lose(RedisLogFollower follower, LogLost lost)
    {
        follower.End();
        _followers.TryRemove(KeyValuePair.Create(lost.ConversationId, follower));
        feed.Announce(lost);
    }

    private bool HasGap(string conversationId) => _followers.TryGetValue(conversationId, out var follower) && follower.HasGap;
}

/// <summary>An entry that was told before, or would have been had nothing been lost.</summary>
internal sealed record EntryRepeated(EntryAppended Entry) : ConversationAnnouncement(Entry.ConversationId);
