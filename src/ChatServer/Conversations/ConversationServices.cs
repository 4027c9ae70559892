namespace CoPilot.ChatServer.Conversations;

/// <summary>Registration of conversations.</summary>
internal static class ConversationServices
{
    /// <summary>What all engines have in common. The hub adds the <see cref="IConversationPush"/> that delivery needs, the engine the store.</summary>
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddSingleton<ConversationMetrics>();
        services.AddSingleton<ConversationSubscriptions>();
        services.AddSingleton<ConversationDelivery>();
        services.AddSingleton<ConversationService>();
        return services;
    }

    /// <summary>With a queue before delivery: SQLite has one thread that writes.</summary>
    public static IServiceCollection AddSqliteConversations(this IServiceCollection services) => services
        .AddSingleton<IConversationFeed, QueuedConversationFeed>()
        .AddSingleton<IConversationStore, SqliteConversationStore>();
}
