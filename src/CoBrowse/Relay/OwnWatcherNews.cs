using CoPilot.CoBrowse.Sessions;

namespace CoPilot.CoBrowse.Relay;

/// <summary>The embedded engine's: there is one node.</summary>
internal sealed class OwnWatcherNews(FrameRelays relays, ILeaseNews leases) : IWatcherNews
{
    public string NodeId => leases.NodeId;

    public Task TellAsync(string nodeId, WatcherNote note)
    {
        relays.Hear(note);
        return Task.CompletedTask;
    }
}
