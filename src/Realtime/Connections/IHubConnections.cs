namespace CoPilot.Realtime.Connections;

/// <summary>Any hub's <see cref="HubConnections{THub}"/>, for who treats all hubs alike; each is registered under this name too. Thread-safe.</summary>
public interface IHubConnections
{
    int Count { get; }

    void SendToAll(string method, params object?[] arguments);

    /// <summary>Ends the transport; false when the connection is not this hub's, or was aborted before.</summary>
    bool Abort(string connectionId);

    void AbortUser(string userId);
}
