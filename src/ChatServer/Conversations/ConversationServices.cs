namespace CoPilot.ChatServer.Conversations;

/// <summary>Registration of conversations.</summary>
internal static class ConversationServices
{
    /// <summary>The hub adds the <see cref="IConversationPush"/> that delivery needs.</summary>
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddSingleton<ConversationMetrics>();
        services.AddSingleton<ConversationSubscriptions>();
        services.AddSingleton<IConversationFeed, ConversationDelivery>();
        services.AddSingleton<IConversationStore, SqliteConversationStore>();
        services.AddSingleton<ConversationService>();
        return services;
    }
}
