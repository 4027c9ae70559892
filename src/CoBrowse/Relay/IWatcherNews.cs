namespace CoPilot.CoBrowse.Relay;

/// <summary>Takes what watchers say to the node that has their session's customer. Hints that may be lost: a watcher that gets nothing asks for a keyframe again.</summary>
internal interface IWatcherNews
{
    /// <summary>This node, as leases name it.</summary>
    string NodeId { get; }

    /// <exception cref="Realtime.StoreUnavailableException">It may not have got there.</exception>
    Task TellAsync(string nodeId, WatcherNote note);
}
