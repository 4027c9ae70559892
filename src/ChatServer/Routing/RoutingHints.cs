namespace CoPilot.ChatServer.Routing;

/// <summary>Passes the engine's hints on to whoever works off routing's changes on this node. Thread-safe.</summary>
public sealed class RoutingHints : IRoutingFeed
{
    private readonly Lock _gate = new();
    private volatile Action<string>[] _listeners = [];

    public void Changed(string siteId)
    {
        foreach (var listener in _listeners)
        {
            listener(siteId);
        }
    }

    /// <summary>The listener takes note and returns at once; it is called on the engine's own thread.</summary>
    public void Listen(Action<string> listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners, listener];
        }
    }
}
