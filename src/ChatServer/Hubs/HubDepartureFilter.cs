using Microsoft.AspNetCore.SignalR;

namespace CoPilot.ChatServer.Hubs;

/// <summary>
/// Sees off some connections at a time. When a proxy dies thousands close at once, and what each takes back in the store would stand before what those ask who are still
/// here: of twelve thousand, the node's own heartbeat was turned away. One that waits for its turn costs next to nothing, and what it holds runs out by itself.
/// </summary>
internal sealed class HubDepartureFilter : IHubFilter, IDisposable
{
    internal const int AtOnce = 32;

    private readonly SemaphoreSlim _turns = new(AtOnce, AtOnce);

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        await _turns.WaitAsync();
        try
        {
            await next(context, exception);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
