namespace CoPilot.ChatServer.Routing;

internal static class RedisRoutingServices
{
    /// <summary>Routing's queue on Redis; connections and the node bus are the host's. What keeps routing going is the same for every engine.</summary>
    public static IServiceCollection AddRedisRouting(this IServiceCollection services)
    {
        services.AddSingleton<IContactQueue, RedisContactQueue>();
        return services;
    }
}
