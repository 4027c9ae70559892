using CoPilot.ChatServer.Conversations;
using CoPilot.Realtime;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>A store that can be out of reach for one conversation's changes, and counts what it was asked.</summary>
internal sealed class ObservedConversations(IConversationStore inner) : IConversationStore
{
    private int _changes;

    /// <summary>Changes of the conversations for which this is true fail.</summary>
    public Func<string, bool> IsOutOfReach { get; set; } = _ => false;

    public int Changes => Volatile.Read(ref _changes);

    public Task<Conversation> CreateAsync(NewConversation conversation, CancellationToken cancellationToken = default) =>
        inner.CreateAsync(conversation, cancellationToken);

    public Task<LastText?> FindLastTextAsync(string conversationId, string eventCode, CancellationToken cancellationToken = default) =>
        inner.FindLastTextAsync(conversationId, eventCode, cancellationToken);

    public Task<Conversation?> FindAsync(string conversationId, CancellationToken cancellationToken = default) =>
        inner.FindAsync(conversationId, cancellationToken);

    public Task<Outcome<AppendResult>> AppendAsync(AppendCommand command, CancellationToken cancellationToken = default) =>
        inner.AppendAsync(command, cancellationToken);

    public Task<Outcome<JoinedConversation>> JoinAsync(JoinCommand command, CancellationToken cancellationToken = default) =>
        inner.JoinAsync(command, cancellationToken);

    public Task LeaveAsync(string conversationId, CancellationToken cancellationToken = default) =>
        inner.LeaveAsync(conversationId, cancellationToken);

    public Task<Outcome<bool>> MarkReadAsync(
        string conversationId, Participant participant, long seq, CancellationToken cancellationToken = default) =>
        inner.MarkReadAsync(conversationId, participant, seq, cancellationToken);

    public Task<Outcome<bool>> SetTypingAsync(
        string conversationId, Participant participant, bool typing, CancellationToken cancellationToken = default) =>
        inner.SetTypingAsync(conversationId, participant, typing, cancellationToken);

    public Task<bool> ApplyAsync(ConversationChange change, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _changes);
        return IsOutOfReach(change.ConversationId)
            ? throw new StoreUnavailableException("Out of reach.", new IOException("Pulled."))
            : inner.ApplyAsync(change, cancellationToken);
    }
}
