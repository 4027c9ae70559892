namespace CoPilot.Realtime.Nodes;

/// <param name="BeatEvery">How often a node says that it lives.</param>
/// <param name="SilenceAllowed">Own heartbeats missing for so long mean that the subscription is gone.</param>
/// <param name="DeadAfter">Not heard by Redis for so long, a node is dead to the others.</param>
/// <param name="QueueLength">Frames that may wait to be handled; one more is lost, and made good.</param>
internal sealed record NodeBusSettings(TimeSpan BeatEvery, TimeSpan SilenceAllowed, TimeSpan DeadAfter, int QueueLength)
{
    public static readonly NodeBusSettings Default = new(NodeBus.BeatEvery, NodeBus.SilenceAllowed, NodeBus.DeadAfter, 65_536);
}
