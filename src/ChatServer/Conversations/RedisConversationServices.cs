using CoPilot.ChatServer.Redis;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Conversations;

/// <summary>Registration of conversations in Redis.</summary>
internal static class RedisConversationServices
{
    /// <summary>After <see cref="ConversationServices.AddConversations"/>; needs <see cref="RedisConnections"/>, <see cref="NodeBus"/> and <see cref="ChatKeys"/>.</summary>
    public static IServiceCollection AddRedisConversations(this IServiceCollection services)
    {
        // By hand: the container has a clock, and the scripts must go by Redis' own.
        services.AddSingleton(provider => new RedisConversationScripts(
            provider.GetRequiredService<RedisConnections>(), provider.GetRequiredService<NodeBus>(), provider.GetRequiredService<ChatKeys>()));
        services.AddSingleton<IConversationStore, RedisConversationStore>();
        services.AddSingleton<IConversationFeed>(provider => provider.GetRequiredService<ConversationDelivery>());
        services.AddSingleton<RedisLogFollowers>();
        services.AddSingleton<RedisConversationRecovery>();
        services.AddHostedService<RedisConversationHearing>();
        services.AddHostedService<RedisConversationRepair>();
        return services;
    }
}
