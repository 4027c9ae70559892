using CoPilot.Realtime.Backplane;
using CoPilot.Realtime.Transport;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CoPilot.Realtime.Connections;

public static class HubConnectionsRegistration
{
    /// <summary>
    /// Gives the hub a <see cref="HubConnections{THub}"/>. Call it after <c>AddSignalR</c>, whose lifetime manager it replaces: by one of this node alone, or by the
    /// backplane's when <see cref="RedisBackplaneRegistration.AddRedisBackplane"/> or <see cref="RedisBackplaneRegistration.AddHubRedis"/> is called too.
    /// </summary>
    public static IServiceCollection AddHubConnections<THub>(this IServiceCollection services, HubConnectionLimits? limits = null)
        where THub : Hub
    {
        services.AddHubConnectionParts(limits);
        services.AddSingleton<HubConnections<THub>>();
        services.AddSingleton<IHubConnections>(provider => provider.GetRequiredService<HubConnections<THub>>());
        services.AddSingleton(MakeLifetimeManager<THub>);
        return services;
    }

    internal static void AddHubConnectionParts(this IServiceCollection services, HubConnectionLimits? limits)
    {
        services.AddMetrics();
        services.AddDirectHubs();
        services.TryAddSingleton(limits ?? HubConnectionLimits.Default);
        services.TryAddSingleton<HubConnectionMetrics>();
    }

    private static HubLifetimeManager<THub> MakeLifetimeManager<THub>(IServiceProvider provider)
        where THub : Hub
    {
        if (provider.GetService<HubRedis<THub>>() is { } own)
        {
            return ActivatorUtilities.CreateInstance<RedisHubLifetimeManager<THub>>(provider, own.Connections, own.Bus, own.Pump);
        }

        return provider.GetService<BackplanePump>() is null
            ? ActivatorUtilities.CreateInstance<RegisteringLifetimeManager<THub>>(provider)
            : ActivatorUtilities.CreateInstance<RedisHubLifetimeManager<THub>>(provider);
    }
}
