namespace CoPilot.ChatServer.Routing;

internal static class RoutingServices
{
    /// <summary>
    /// What keeps routing going on any engine, which adds <see cref="IContactQueue"/>, <see cref="ISiteKeeper"/> and <see cref="RoutingPace"/>. Named apart from
    /// the framework's <c>AddRouting</c>.
    /// </summary>
    public static IServiceCollection AddContactRouting(this IServiceCollection services)
    {
        services.AddSingleton<RoutingHints>();
        services.AddSingleton<IRoutingFeed>(provider => provider.GetRequiredService<RoutingHints>());
        services.AddSingleton<RoutingMetrics>();
        services.AddSingleton<SiteMetrics>();
        services.AddSingleton<WaitEstimates>();
        services.AddSingleton<RoutingNotices>();
        services.AddSingleton<InactivityWatch>();
        services.AddSingleton<RoutingOutbox>();
        services.AddSingleton<RoutingService>();
        services.AddHostedService<RoutingPump>();
        services.AddHostedService<LineUpdates>();
        services.AddHostedService<RoutingWatchdog>();
        services.AddSingleton<AgentPresence>();
        services.AddHostedService(provider => provider.GetRequiredService<AgentPresence>());
        services.AddSingleton<CustomerPresence>();
        services.AddHostedService(provider => provider.GetRequiredService<CustomerPresence>());
        return services;
    }

    /// <summary>Before <see cref="AddContactRouting"/>: nobody connects before the connections of the process that ended are forgotten.</summary>
    public static IServiceCollection AddSqliteRouting(this IServiceCollection services)
    {
        services.AddSingleton<SqliteContactQueue>();
        services.AddSingleton<IContactQueue>(provider => provider.GetRequiredService<SqliteContactQueue>());
        services.AddSingleton<IRoutingInvariants, SqliteRoutingInvariants>();
        services.AddSingleton<ISiteKeeper, OnlyKeeper>();
        services.AddSingleton(RoutingPace.OneNode);
        services.AddHostedService<SqliteRoutingStart>();
        return services;
    }

    /// <summary>Hosted services start one after the other and before the server listens.</summary>
    private sealed class SqliteRoutingStart(SqliteContactQueue queue) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => queue.ForgetConnectionsAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
