using CoPilot.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.ChatServer.Hubs;

/// <summary>Refuses calls whose one request object is missing, so that no service has to ask.</summary>
internal sealed class HubRequestFilter : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next) =>
        invocationContext.HubMethodArguments is [null]
            ? throw new HubException($"{ErrorCodes.Invalid}: The request is missing.")
            : next(invocationContext);
}
