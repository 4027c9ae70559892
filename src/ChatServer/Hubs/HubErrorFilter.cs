using CoPilot.Contracts;
using CoPilot.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.ChatServer.Hubs;

/// <summary>
/// The one place where a failure becomes an answer: a refusal keeps its code, a store out of reach is <c>unavailable</c>,
/// anything else is <c>internal</c> with a number that leads to the log. Nothing internal reaches the caller.
/// </summary>
internal sealed class HubErrorFilter(ILogger<HubErrorFilter> logger) : IHubFilter
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
            HubLog.StoreUnavailable(logger, invocationContext.HubMethodName, error);
            throw new HubException($"{ErrorCodes.Unavailable}: The server cannot reach its store; try again with the same id.");
        }
        catch (Exception error) when (error is not (HubException or OperationCanceledException))
        {
            var incident = Guid.CreateVersion7().ToString("N");
            HubLog.CallFailed(logger, invocationContext.HubMethodName, incident, error);
            throw new HubException($"{ErrorCodes.Internal}: Something went wrong on the server ({incident}).");
        }
    }
}
