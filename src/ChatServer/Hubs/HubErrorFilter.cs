using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts;
using CoPilot.Realtime;
using CoPilot.Realtime.Connections;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.ChatServer.Hubs;

/// <summary>
/// The one place where a failure becomes an answer: a refusal keeps its code, a store out of reach is <c>unavailable</c>,
/// anything else is <c>internal</c> with a number that leads to the log. Nothing internal reaches the caller.
/// </summary>
internal sealed class HubErrorFilter(IEnumerable<IHubConnections> hubs, StoreOutages outages, ILogger<HubErrorFilter> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (StoreUnavailableException error)
        {
            outages.Note(invocationContext.HubMethodName, error);
            throw new HubException($"{ErrorCodes.Unavailable}: The server cannot reach its store; try again with the same id.");
        }
        catch (Exception error) when (error is not (HubException or OperationCanceledException))
        {
            var incident = Guid.CreateVersion7().ToString("N");
            HubLog.CallFailed(logger, invocationContext.HubMethodName, incident, error);
            throw new HubException($"{ErrorCodes.Internal}: Something went wrong on the server ({incident}).");
        }
    }

    /// <summary>
    /// SignalR answers a failure here with a close that tells clients to stay away, which is right for a refusal only. Whoever could not be let in for the server's own
    /// reasons sees a lost connection instead, and comes back.
    /// </summary>
    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        try
        {
            await next(context);
        }
        catch (StoreUnavailableException error)
        {
            outages.Note("Connecting", error);
            Abort(context.Context.ConnectionId);
        }
        catch (Exception error) when (error is not (HubException or OperationCanceledException))
        {
            HubLog.CallFailed(logger, "Connecting", context.Context.ConnectionId, error);
            Abort(context.Context.ConnectionId);
        }
    }

    /// <summary>What could not be given back runs out by itself.</summary>
    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        try
        {
            await next(context, exception);
        }
        catch (StoreUnavailableException error)
        {
            outages.Note("Disconnecting", error);
        }
    }

    /// <summary>An id is one hub's; the others pass it over.</summary>
    private void Abort(string connectionId)
    {
        foreach (var hub in hubs)
        {
            hub.Abort(connectionId);
        }
    }
}
