using System.Diagnostics.Metrics;
using CoPilot.Realtime.Connections;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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

    /// <summary>
    /// The same for one hub, on connections of its own (<see cref="HubRedis{THub}"/>); it needs no <see cref="RedisRegistration"/>. The key prefix must be
    /// another than that of the application's other connections: nodes are listed under it.
    /// </summary>
    /// <param name="nodeName">For people who read logs; need not be unique.</param>
    public static IServiceCollection AddHubRedis<THub>(
        this IServiceCollection services, Func<IServiceProvider, RedisSettings> settings, Func<IServiceProvider, string> nodeName)
        where THub : Hub
    {
        services.AddHubConnectionParts(null);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RedisMetrics>();
        services.AddSingleton(provider => Make<THub>(provider, settings(provider), nodeName(provider)));

        // Not AddHostedService, which takes a second one of the same type for a repetition.
        services.AddSingleton<IHostedService>(provider => new HubRedisOpening(provider.GetRequiredService<HubRedis<THub>>().Connections));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<HubRedis<THub>>().Bus);
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<HubRedis<THub>>().Pump);
        return services;
    }

    private static HubRedis<THub> Make<THub>(IServiceProvider provider, RedisSettings settings, string nodeName)
        where THub : Hub
    {
        var clock = provider.GetRequiredService<TimeProvider>();
        var connections = new RedisConnections(
            settings, clock, provider.GetRequiredService<ILogger<RedisConnections>>(), provider.GetRequiredService<RedisMetrics>());
        var bus = new NodeBus(
            connections,
            nodeName,
            clock,
            provider.GetRequiredService<ILogger<NodeBus>>(),
            new NodeMetrics(provider.GetRequiredService<IMeterFactory>(), typeof(THub).Name));
        return new HubRedis<THub>(connections, bus, new BackplanePump(bus, clock));
    }

    /// <summary>A Redis that is not there yet does not keep the application from starting.</summary>
    private sealed class HubRedisOpening(RedisConnections redis) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => redis.OpenAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
