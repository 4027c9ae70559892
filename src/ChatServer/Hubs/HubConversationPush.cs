using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Connections;

namespace CoPilot.ChatServer.Hubs;

/// <summary>Conversations' deliveries as events of the hub's connections on this node.</summary>
internal sealed class HubConversationPush(HubConnections<ChatHub> connections) : IConversationPush
{
    public void Message(IReadOnlyList<string> connectionIds, MessageEvent message) =>
        connections.Send(connectionIds, nameof(IChatClient.Message), message);

    public void Typing(IReadOnlyList<string> connectionIds, TypingEvent typing) =>
        connections.Send(connectionIds, nameof(IChatClient.Typing), typing);

    public void Read(IReadOnlyList<string> connectionIds, ReadEvent read) =>
        connections.Send(connectionIds, nameof(IChatClient.Read), read);

    public void Abort(string connectionId) => connections.Abort(connectionId);
}
