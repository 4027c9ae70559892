namespace CoPilot.ChatServer.Supervision;

internal static class SupervisionServices
{
    /// <summary>On any engine, which adds <see cref="ISupervisionActs"/> for the command that reads them.</summary>
    public static IServiceCollection AddSupervision(this IServiceCollection services)
    {
        services.AddSingleton<SiteReadings>();
        services.AddSingleton<SupervisionFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<SupervisionFeed>());
        return services.AddSingleton<SupervisionService>();
    }

    public static IServiceCollection AddSqliteSupervision(this IServiceCollection services) =>
        services.AddSingleton<ISupervisionActs, SqliteSupervisionActs>();

    public static IServiceCollection AddRedisSupervision(this IServiceCollection services) =>
        services.AddSingleton<ISupervisionActs, RedisSupervisionActs>();
}
