namespace CoPilot.ChatServer.Routing;

internal static class RedisRoutingServices
{
    /// <summary>Routing's queue on Redis; connections and the node bus are the host's. What keeps routing going is the same for every engine.</summary>
    public static IServiceCollection AddRedisRouting(this IServiceCollection services)
    {
        services.AddSingleton<RedisContactQueue>();
        services.AddSingleton<IContactQueue>(provider => provider.GetRequiredService<RedisContactQueue>());
        services.AddSingleton<IRoutingInvariants>(provider => provider.GetRequiredService<RedisContactQueue>());
        return services.AddHostedService<RedisRoutingStart>();
    }
}
