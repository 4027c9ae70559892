using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CoPilot.Realtime.Connections;

public static class HubConnectionsRegistration
{
    /// <summary>Gives the hub a <see cref="HubConnections{THub}"/>. Call it after <c>AddSignalR</c>, whose lifetime manager it replaces.</summary>
    public static IServiceCollection AddHubConnections<THub>(this IServiceCollection services, HubConnectionLimits? limits = null)
        where THub : Hub
    {
        services.AddMetrics();
        services.TryAddSingleton(limits ?? HubConnectionLimits.Default);
        services.TryAddSingleton<HubConnectionMetrics>();
        services.AddSingleton<HubConnections<THub>>();
        services.AddSingleton<HubLifetimeManager<THub>, RegisteringLifetimeManager<THub>>();
        return services;
    }
}
