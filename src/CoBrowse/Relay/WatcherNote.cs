namespace CoPilot.CoBrowse.Relay;

/// <summary>What the node of an agent's connection says to the node of the session's lease.</summary>
/// <param name="NodeId">Of the agent's connection.</param>
/// <param name="Seq">The last frame that was shown, or 0.</param>
internal sealed record WatcherNote(WatcherDeed Deed, string SessionId, string ConnectionId, string NodeId, long Seq = 0);

/// <summary>Numbers that travel: they stay as they are.</summary>
internal enum WatcherDeed
{
    Watches = 0,
    Leaves = 1,
    HasShown = 2,
    WantsKeyframe = 3,
}
