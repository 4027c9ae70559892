using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Routing;
using CoPilot.Realtime.Redis;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Callbacks;

internal static class CallbackServices
{
    /// <summary>What all engines have in common; the engine adds <see cref="ICallbackThrottle"/> and <see cref="ICallStatusStore"/>.</summary>
    public static IServiceCollection AddCallbacks(this IServiceCollection services)
    {
        services.AddConfigured<CallbackLimitOptions>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<CallbackLimitOptions>>().Value.ToLimits());

        // Asked for late: with Redis the key is known only once the host has started.
        services.AddSingleton(provider => new CallbackHashes(() => provider.GetRequiredService<SigningKeys>().PhoneNumbers));
        services.AddSingleton(provider => new ManageTokens(() => provider.GetRequiredService<SigningKeys>().ManageTokens));
        services.AddSingleton<CallbackAllowance>();
        services.AddSingleton<CallbackService>();
        services.AddSingleton<CallbackTimes>();
        services.AddSingleton<CallMetrics>();
        services.AddSingleton<IDialer, SiteDialer>();
        services.AddSingleton<CallDialing>();
        services.AddSingleton<ICallMaker>(provider => provider.GetRequiredService<CallDialing>());
        services.AddHostedService(provider => provider.GetRequiredService<CallDialing>());
        return services.AddCallStatuses<CallProgressHandler>();
    }

    /// <summary>Takes call statuses from providers, for the one who makes something of them; the last one counts.</summary>
    public static IServiceCollection AddCallStatuses<THandler>(this IServiceCollection services)
        where THandler : class, ICallStatusHandler
    {
        services.AddSingleton<ICallStatusHandler, THandler>();
        services.AddSingleton<CallStatusService>();
        return services;
    }

    public static IServiceCollection AddSqliteCallbacks(this IServiceCollection services)
    {
        services.AddSingleton<ICallbackThrottle, OwnCallbackThrottle>();
        services.AddSingleton<ICallStatusStore, SqliteCallStatusStore>();
        return services;
    }

    public static IServiceCollection AddRedisCallbacks(this IServiceCollection services)
    {
        services.AddSingleton<ICallbackThrottle>(provider => new RedisCallbackThrottle(
            provider.GetRequiredService<RedisConnections>(), provider.GetRequiredService<ChatKeys>(), provider.GetRequiredService<CallbackLimits>()));
        services.AddSingleton<ICallStatusStore>(provider =>
            new RedisCallStatusStore(provider.GetRequiredService<RedisConnections>(), provider.GetRequiredService<ChatKeys>()));
        return services;
    }
}
