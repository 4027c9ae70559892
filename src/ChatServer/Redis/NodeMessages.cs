using CoPilot.Realtime.Nodes;

namespace CoPilot.ChatServer.Redis;

/// <summary>What the nodes of this application tell each other on the node bus; the bodies are in <c>docs/backplane.md</c>.</summary>
internal static class NodeMessages
{
    /// <summary>Something happened in a conversation with members connected to the node.</summary>
    public const byte ConversationAnnouncement = NodeFrame.FirstOfApplication;

    /// <summary>A site's routing changed; the body is the site's id in UTF-8.</summary>
    public const byte RoutingChanged = NodeFrame.FirstOfApplication + 1;
}
