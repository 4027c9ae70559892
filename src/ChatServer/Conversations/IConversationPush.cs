using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// Tells connections of this node something. Never waits for a receiver and never throws on account of one; what is told to one connection
/// arrives in the order in which it was told. A connection that does not keep up is cut off; one that is gone is passed over.
/// </summary>
internal interface IConversationPush
{
    void Message(IReadOnlyList<string> connectionIds, MessageEvent message);

    void Typing(IReadOnlyList<string> connectionIds, TypingEvent typing);

    void Read(IReadOnlyList<string> connectionIds, ReadEvent read);

    /// <summary>Cuts the connection; its client comes back and joins again.</summary>
    void Abort(string connectionId);
}
