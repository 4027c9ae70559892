namespace CoPilot.ChatServer.Routing;

/// <summary>Passes the engine's hints on to whoever works off routing's changes on this node. Thread-safe.</summary>
public sealed class RoutingHints : IRoutingFeed
{
    private readonly Lock _gate = new();
    private volatile Action<string>[] _listeners = [];
    private volatile Action<string>[] _lineListeners = [];

    /// <summary>This node changed the site's routing: effects wait and lines may have moved.</summary>
    public void Changed(string siteId)
    {
        Tell(_listeners, siteId);
        Tell(_lineListeners, siteId);
    }

    /// <summary>Another node did: its effects are its own to work off, but lines may have moved.</summary>
    public void ChangedElsewhere(string siteId) => Tell(_lineListeners, siteId);

    /// <summary>The listener takes note and returns at once; it is called on the engine's own thread.</summary>
    public void Listen(Action<string> listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners, listener];
        }
    }

    /// <summary>As <see cref="Listen"/>, for changes that any node made.</summary>
    public void ListenToLines(Action<string> listener)
    {
        lock (_gate)
        {
            _lineListeners = [.. _lineListeners, listener];
        }
    }

    private static void Tell(Action<string>[] listeners, string siteId)
    {
        foreach (var listener in listeners)
        {
            listener(siteId);
        }
    }
}
