using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Supervision;
using CoPilot.CoBrowse.Hosting;
using CoPilot.Realtime.Backplane;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Hosting;

internal static class RedisEngineServices
{
    public static IServiceCollection AddRedisEngine(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddRedisOptions();
        services.AddSingleton<IEngine, RedisEngine>();

        // Hosted services start in the order of these lines: connections and this node's channel first.
        services.AddRedis(SettingsOf, provider => provider.GetRequiredService<Node>().Name);
        services.AddHostedService<RedisAdvice>();
        services.AddSharedSigningKey(environment);
        services.AddRedisAccounts();
        services.AddRedisConversations();
        services.AddRedisRouting();
        services.AddRedisCallbacks();
        services.AddRedisSupervision();
        services.AddRedisSiteKeeping();
        services.AddSignalR().AddRedisBackplane();
        services.AddRedisCoBrowse(SettingsOf, provider => provider.GetRequiredService<Node>().Name);
        return services;
    }

    public static IServiceCollection AddRedisForAccounts(this IServiceCollection services) => services.AddRedisForCommands().AddRedisAccounts();

    public static IServiceCollection AddRedisForSupervision(this IServiceCollection services) => services.AddRedisForCommands().AddRedisSupervision();

    public static IServiceCollection AddRedisForSessions(this IServiceCollection services)
    {
        services.AddRedisOptions();
        services.AddSingleton<IEngine, RedisForCommands>();
        return services.AddRedisSessions(SettingsOf);
    }

    private static IServiceCollection AddRedisForCommands(this IServiceCollection services)
    {
        services.AddRedisOptions();
        services.AddSingleton(SettingsOf);
        services.AddSingleton<RedisConnections>();
        return services.AddSingleton<IEngine, RedisForCommands>();
    }

    private static void AddRedisOptions(this IServiceCollection services)
    {
        services.AddConfigured<RedisOptions>();
        services.AddConfigurationCheck(provider => RedisOptions.FindFault(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new ChatKeys(provider.GetRequiredService<RedisConnections>().KeyPrefix));
    }

    private static RedisSettings SettingsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<RedisOptions>>().Value.ToSettings(provider.GetRequiredService<IConfiguration>());

    /// <summary>What a command needs: connections, opened without a host.</summary>
    private sealed class RedisForCommands(RedisConnections redis) : IEngine
    {
        public string DataFolder => RedisEngine.NoFolder;

        public bool Blocks => false;

        public async Task OpenAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                await redis.OpenAsync(cancellationToken);
            }
            catch (RedisRefusedException refused)
            {
                throw RedisEngine.Refused(refused);
            }
        }

        public Task<string?> FindTroubleAsync() => Task.FromResult<string?>(null);
    }
}
