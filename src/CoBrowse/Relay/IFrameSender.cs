using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Relay;

/// <summary>
/// The way from a relay to browsers, wherever they are connected. Nobody is waited for; what one thread sends to a connection arrives in that order, or not at all.
/// Safe to call from any thread.
/// </summary>
internal interface IFrameSender
{
    /// <summary>Has completed when all are connected here.</summary>
    /// <exception cref="Realtime.StoreUnavailableException">Later: it may not have got to another node.</exception>
    Task SendAsync(IReadOnlyList<string> connectionIds, FramesEvent frames);

    void Send(IReadOnlyList<string> connectionIds, PointerMovedEvent moved);

    void Ask(string connectionId, KeyframeRequestedEvent requested);
}
