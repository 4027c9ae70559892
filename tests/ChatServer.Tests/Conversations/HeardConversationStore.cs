using CoPilot.ChatServer.Conversations;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Tests.Conversations;

/// <summary>
/// A store whose node hears every conversation and has heard all that a call announced when the call is answered: as the specification, which knows one node
/// and its members, looks at announcements.
/// </summary>
internal sealed class HeardConversationStore(RedisConversationNode node) : IConversationStore
{
    public Task<Conversation> CreateAsync(NewConversation conversation, CancellationToken cancellationToken = default) =>
        HearAsync(conversation.ConversationId, () => node.Store.CreateAsync(conversation, cancellationToken));

    public Task<Conversation?> FindAsync(string conversationId, CancellationToken cancellationToken = default) =>
        HearAsync(conversationId, () => node.Store.FindAsync(conversationId, cancellationToken));

    public Task<LastText?> FindLastTextAsync(string conversationId, string eventCode, CancellationToken cancellationToken = default) =>
        node.Store.FindLastTextAsync(conversationId, eventCode, cancellationToken);

    public Task<Outcome<AppendResult>> AppendAsync(AppendCommand command, CancellationToken cancellationToken = default) =>
        HearAsync(command.ConversationId, () => node.Store.AppendAsync(command, cancellationToken));

    public Task<Outcome<JoinedConversation>> JoinAsync(JoinCommand command, CancellationToken cancellationToken = default) =>
        HearAsync(command.ConversationId, () => node.Store.JoinAsync(command, cancellationToken));

    public Task LeaveAsync(string conversationId, CancellationToken cancellationToken = default) =>
        node.Store.LeaveAsync(conversationId, cancellationToken);

    public Task<Outcome<bool>> MarkReadAsync(
        string conversationId, Participant participant, long seq, CancellationToken cancellationToken = default) =>
        HearAsync(conversationId, () => node.Store.MarkReadAsync(conversationId, participant, seq, cancellationToken));

    public Task<Outcome<bool>> SetTypingAsync(
        string conversationId, Participant participant, bool typing, CancellationToken cancellationToken = default) =>
        HearAsync(conversationId, () => node.Store.SetTypingAsync(conversationId, participant, typing, cancellationToken));

    public Task<bool> ApplyAsync(ConversationChange change, CancellationToken cancellationToken = default) =>
        HearAsync(change.ConversationId, () => node.Store.ApplyAsync(change, cancellationToken));

    private async Task<T> HearAsync<T>(string conversationId, Func<Task<T>> call)
    {
        await node.FollowAsync(conversationId);
        var answer = await call();
        await node.HearAllAsync(conversationId);
        return answer;
    }
}
