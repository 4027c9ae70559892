using CoPilot.Realtime;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// The logs of all conversations: the truth of what was said, of which every push to a client is only a hint.
/// <para><b>Atomicity.</b> Each call is one atomic step. A message is accepted when one step has checked that its author is a
/// member, recognised a repetition, given it the next <c>seq</c>, appended it and announced it.</para>
/// <para><b>Order.</b> <c>seq</c> is dense per conversation, starting at 1. Announcements of one conversation reach
/// <see cref="IConversationFeed"/> in the order of their <c>seq</c>, after they are durable and never before.</para>
/// <para><b>Durability.</b> A call is answered after its effect would survive the death of the process.
/// An announcement may be lost with the process; the log has it.</para>
/// <para><b>Membership.</b> Every call checks the conversation's own list of members: its customer, for ever, and the agent
/// who serves it now. To anybody else it does not exist (<c>not_found</c>). A member who comes without a name appears under the one that the
/// conversation knows.</para>
/// <para><b>Repetition.</b> Messages are recognised per author and message id for the life of the conversation, also
/// after it was closed; changes by their event id.</para>
/// <para><b>Concurrency.</b> Safe to call from any thread and any node at once.</para>
/// <para><b>Failure.</b> Refusals are values and change nothing. A store out of reach throws
/// <see cref="StoreUnavailableException"/>: the outcome is unknown, the caller repeats with the same id.</para>
/// <para><b>Expiry.</b> None: a closed conversation stays until an archive has confirmed it.</para>
/// <para><b>Clock.</b> <c>SentAt</c> comes from the engine's clock, and never runs backwards within a conversation.</para>
/// </summary>
public interface IConversationStore
{
    /// <summary>
    /// Creates the conversation with its customer as member, state <c>waiting</c>, a fresh epoch, and the first message if there is one.
    /// The same id again answers the head as it is now and changes nothing.
    /// </summary>
    Task<Conversation> CreateAsync(NewConversation conversation, CancellationToken cancellationToken = default);

    /// <summary>The head, without any check of membership: for the server's own use.</summary>
    Task<Conversation?> FindAsync(string conversationId, CancellationToken cancellationToken = default);

    /// <summary>
    /// The last text of the log, notes and events aside, and the last event of that code after it; without any check of membership: for the server's own use. Null where nobody has written
    /// anything, or there is no such conversation.
    /// </summary>
    Task<LastText?> FindLastTextAsync(string conversationId, string eventCode, CancellationToken cancellationToken = default);

    /// <summary>
    /// Accepts a message or note. Refusals: <c>not_found</c>; <c>closed</c> for a message that is new in a closed conversation
    /// (a repetition is still answered as <c>Duplicate</c>, so a sender who missed the answer learns that it arrived). Notes are accepted
    /// there too: an agent wraps up when the customer has ended it.
    /// </summary>
    Task<Outcome<AppendResult>> AppendAsync(AppendCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Subscribes this node and reads what the participant missed, in one step: an entry is either in the answer or
    /// announced here afterwards, or both; never neither. Refusal: <c>not_found</c>.
    /// <para>The participant's claim (<c>Epoch</c>, <c>AfterSeq</c>, <c>AfterId</c>) is checked against the log. In the current epoch, a claim of an entry that is not
    /// there, or is another one, proves that the log was cut back or recreated: the log gets a new epoch and the answer is <c>Reset</c> from the
    /// start. A claim from another epoch is answered with <c>Reset</c> from the start, without a new epoch: the log already has its own, and
    /// giving it another for every client that comes back late would never end.</para>
    /// </summary>
    Task<Outcome<JoinedConversation>> JoinAsync(JoinCommand command, CancellationToken cancellationToken = default);

    /// <summary>This node has no more members of the conversation connected; it need not be told any more.</summary>
    Task LeaveAsync(string conversationId, CancellationToken cancellationToken = default);

    /// <summary>Moves the participant's read mark forward, up to the last entry they may see; a lower one changes nothing and announces nothing. Refusal: <c>not_found</c>.</summary>
    Task<Outcome<bool>> MarkReadAsync(string conversationId, Participant participant, long seq, CancellationToken cancellationToken = default);

    /// <summary>Announces typing; nothing is stored. Refusals: <c>not_found</c>, <c>closed</c>.</summary>
    Task<Outcome<bool>> SetTypingAsync(string conversationId, Participant participant, bool typing, CancellationToken cancellationToken = default);

    /// <summary>
    /// Applies what routing decided: members, state and the event in the log, in one step; a member who is taken away is
    /// announced as removed, before the event. Answers false when it changed nothing: applied before, or its fence is lower than that of the
    /// last change applied. A closed conversation stays closed.
    /// </summary>
    /// <exception cref="ConversationLostException">There is no such conversation.</exception>
    Task<bool> ApplyAsync(ConversationChange change, CancellationToken cancellationToken = default);
}
