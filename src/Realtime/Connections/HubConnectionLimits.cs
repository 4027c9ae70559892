namespace CoPilot.Realtime.Connections;

/// <summary>What one connection may cost.</summary>
/// <param name="UnansweredSends">Sends that a connection's transport has not taken yet; with one more the connection is aborted.</param>
public sealed record HubConnectionLimits(int UnansweredSends)
{
    /// <summary>
    /// Far beyond what a moment's delay leaves behind (the transport itself holds 64 kB), and small enough that a reader who stopped
    /// costs some hundred references to payloads that are shared anyway.
    /// </summary>
    public static readonly HubConnectionLimits Default = new(256);
}
