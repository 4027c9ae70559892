using CoPilot.ChatServer.Redis;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Callbacks;

internal static class CallbackServices
{
    /// <summary>What all engines have in common; the engine adds <see cref="ICallStatusStore"/>.</summary>
    public static IServiceCollection AddCallbacks(this IServiceCollection services)
    {
        services.AddSingleton<CallMetrics>();
        services.AddSingleton<IDialer, SiteDialer>();
        return services;
    }

    /// <summary>Takes call statuses from providers, for the one who makes something of them. Without it there is no address for them.</summary>
    public static IServiceCollection AddCallStatuses<THandler>(this IServiceCollection services)
        where THandler : class, ICallStatusHandler
    {
        services.AddSingleton<ICallStatusHandler, THandler>();
        services.AddSingleton<CallStatusService>();
        return services;
    }

    public static IServiceCollection AddSqliteCallbacks(this IServiceCollection services) =>
        services.AddSingleton<ICallStatusStore, SqliteCallStatusStore>();

    public static IServiceCollection AddRedisCallbacks(this IServiceCollection services) =>
        services.AddSingleton<ICallStatusStore>(provider =>
            new RedisCallStatusStore(provider.GetRequiredService<RedisConnections>(), provider.GetRequiredService<ChatKeys>()));
}
