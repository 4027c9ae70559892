using CoPilot.Realtime.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Nodes;

public static class RedisRegistration
{
    /// <summary>
    /// Gives the application its <see cref="RedisConnections"/>, opened when the host starts, and makes the process a node that the others hear
    /// (<see cref="NodeBus"/>). Hosted services that need either while they start are registered afterwards.
    /// </summary>
    /// <param name="nodeName">For people who read logs; need not be unique.</param>
    public static IServiceCollection AddRedis(this IServiceCollection services, RedisSettings settings, string nodeName) =>
        services.AddRedis(_ => settings, _ => nodeName);

    /// <summary>The same, for an application that makes both from what it has registered.</summary>
    public static IServiceCollection AddRedis(
        this IServiceCollection services, Func<IServiceProvider, RedisSettings> settings, Func<IServiceProvider, string> nodeName)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton<RedisMetrics>();
        services.AddSingleton<RedisConnections>();
        services.AddSingleton<NodeMetrics>();
        services.AddSingleton(provider => new NodeBus(
            provider.GetRequiredService<RedisConnections>(),
            nodeName(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<NodeBus>>(),
            provider.GetRequiredService<NodeMetrics>()));
        services.AddHostedService<RedisOpening>();
        services.AddHostedService(provider => provider.GetRequiredService<NodeBus>());
        return services;
    }

    /// <summary>A Redis that is not there yet does not keep the application from starting.</summary>
    private sealed class RedisOpening(RedisConnections redis) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => redis.OpenAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
