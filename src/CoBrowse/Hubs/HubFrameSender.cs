using CoPilot.CoBrowse.Relay;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace CoPilot.CoBrowse.Hubs;

/// <summary>Through SignalR: each connection here has its own bounded line, and those elsewhere are reached through the backplane.</summary>
internal sealed class HubFrameSender(IHubContext<CoBrowseHub> hub, ILogger<HubFrameSender> logger) : IFrameSender
{
    public Task SendAsync(IReadOnlyList<string> connectionIds, FramesEvent frames) =>
        hub.Clients.Clients(connectionIds).SendCoreAsync(nameof(ICoBrowseClient.Frames), [frames]);

    public void Send(IReadOnlyList<string> connectionIds, PointerMovedEvent moved) =>
        _ = TrySendAsync(hub.Clients.Clients(connectionIds).SendCoreAsync(nameof(ICoBrowseClient.PointerMoved), [moved]));

    public void Ask(string connectionId, KeyframeRequestedEvent requested) =>
        _ = TrySendAsync(hub.Clients.Client(connectionId).SendCoreAsync(nameof(ICoBrowseClient.KeyframeRequested), [requested]));

    private async Task TrySendAsync(Task sending)
    {
        try
        {
            await sending;
        }
        catch (StoreUnavailableException error)
        {
            CoBrowseLog.NoticeLost(logger, error);
        }
    }
}
