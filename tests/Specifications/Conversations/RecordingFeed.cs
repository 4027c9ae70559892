using CoPilot.ChatServer.Conversations;

namespace CoPilot.Specifications.Conversations;

/// <summary>Keeps what a store announces, in the order in which it did. Thread-safe.</summary>
public sealed class RecordingFeed : IConversationFeed
{
    private readonly Lock _gate = new();
    private readonly List<ConversationAnnouncement> _announcements = [];

    public IReadOnlyList<ConversationAnnouncement> Announcements
    {
        get
        {
            lock (_gate)
            {
                return [.. _announcements];
            }
        }
    }

    public IReadOnlyList<StoredEntry> Entries => [.. Announcements.OfType<EntryAppended>().Select(appended => appended.Entry)];

    public void Announce(ConversationAnnouncement announcement)
    {
        lock (_gate)
        {
            _announcements.Add(announcement);
        }
    }

    public void Forget()
    {
        lock (_gate)
        {
            _announcements.Clear();
        }
    }
}
