using CoPilot.Realtime.Connections;
using CoPilot.Realtime.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CoPilot.Realtime.Backplane;

public static class RedisBackplaneRegistration
{
    /// <summary>
    /// Hubs of several nodes act as one: groups, users and connections are found on whichever node they are. Needs
    /// <see cref="RedisRegistration"/>; goes together with <see cref="HubConnectionsRegistration.AddHubConnections"/> in any order.
    /// </summary>
    public static ISignalRServerBuilder AddRedisBackplane(this ISignalRServerBuilder signalR, HubConnectionLimits? limits = null)
    {
        var services = signalR.Services;
        services.AddHubConnectionParts(limits);
        services.TryAddSingleton<BackplanePump>();
        services.AddHostedService(provider => provider.GetRequiredService<BackplanePump>());
        services.TryAddSingleton(typeof(HubConnections<>));
        services.AddSingleton(typeof(HubLifetimeManager<>), typeof(RedisHubLifetimeManager<>));
        return signalR;
    }
}
