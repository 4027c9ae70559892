using CoPilot.CoBrowse.Guidance;
using CoPilot.CoBrowse.Hubs;
using CoPilot.CoBrowse.Redis;
using CoPilot.CoBrowse.Relay;
using CoPilot.CoBrowse.Sessions;
using CoPilot.CoBrowse.Throttling;
using CoPilot.Realtime.Backplane;
using CoPilot.Realtime.Connections;
using CoPilot.Realtime.Redis;
using CoPilot.Realtime.Sqlite;
using CoPilot.Realtime.Transport;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CoPilot.CoBrowse.Hosting;

public static class CoBrowseServices
{
    /// <summary>
    /// What both engines have in common, after <c>AddSignalR</c>. The host adds one engine, <see cref="CoBrowseSettings"/>, <see cref="RedeemLimits"/>,
    /// <see cref="Codes.SessionSecrets"/>, and what it answers: <see cref="Scope.ICoPilotSites"/>, <see cref="ICoBrowseAccess"/>, <see cref="ICoBrowseIdentity"/>,
    /// <see cref="IPageViewer"/>.
    /// </summary>
    public static IServiceCollection AddCoBrowse(this IServiceCollection services)
    {
        services.AddHubConnections<CoBrowseHub>();
        services.AddSingleton<CoBrowseMetrics>();
        services.AddSingleton<SessionLeases>();
        services.AddSingleton<ConnectedAgents>();
        services.AddSingleton<ISessionNotifier, HubSessionNotifier>();
        services.AddSingleton<GuidedSessions>();
        services.AddSingleton<SessionRunner>();
        services.AddSingleton<CustomerSessionService>();
        services.AddSingleton<AgentSessionService>();
        services.AddSingleton<GuidanceService>();
        services.AddSingleton<IFrameSender, HubFrameSender>();
        services.AddSingleton<FrameRelays>();
        services.AddSingleton<Watchings>();
        services.AddSingleton<FrameService>();
        services.AddHostedService<SessionTimers>();
        services.AddHostedService<RelayHearing>();
        services.AddHostedService<AgentLeaseKeeper>();
        return services;
    }

    /// <param name="file">The path of Co-Pilot's own database.</param>
    public static IServiceCollection AddSqliteCoBrowse(this IServiceCollection services, Func<IServiceProvider, string> file)
    {
        services.AddSingleton(provider => new SqliteCoBrowse(() => SqliteDatabase.Open(
            file(provider),
            typeof(SqliteCoBrowse).Assembly,
            provider.GetRequiredService<ILogger<SqliteDatabase>>(),
            provider.GetRequiredService<SqliteMetrics>())));
        services.AddSingleton<ICoBrowseEngine>(provider => provider.GetRequiredService<SqliteCoBrowse>());
        services.AddSingleton<ISessionStore>(provider => new SqliteSessionStore(
            provider.GetRequiredService<SqliteCoBrowse>().Database, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IRedeemThrottle, OwnRedeemThrottle>();
        services.AddSingleton<ILeaseNews, OwnLeaseNews>();
        services.AddSingleton<IWatcherNews, OwnWatcherNews>();
        return services;
    }

    /// <summary>On connections of its own. Hosted services that need them while they start are registered afterwards.</summary>
    /// <param name="settings">The application's; Co-Pilot's keys get a prefix of their own after it.</param>
    public static IServiceCollection AddRedisCoBrowse(
        this IServiceCollection services, Func<IServiceProvider, RedisSettings> settings, Func<IServiceProvider, string> nodeName)
    {
        services.AddHubRedis<CoBrowseHub>(
            provider => OfCoBrowse(settings(provider)),
            nodeName);
        services.AddSingleton(provider => new CoBrowseKeys(provider.GetRequiredService<HubRedis<CoBrowseHub>>().Connections.KeyPrefix));
        services.AddSingleton<ICoBrowseEngine, RedisCoBrowse>();
        services.AddSingleton<ISessionStore>(provider => new RedisSessionStore(
            provider.GetRequiredService<HubRedis<CoBrowseHub>>().Connections, provider.GetRequiredService<CoBrowseKeys>()));
        services.AddSingleton<IRedeemThrottle>(provider => new RedisRedeemThrottle(
            provider.GetRequiredService<HubRedis<CoBrowseHub>>().Connections,
            provider.GetRequiredService<CoBrowseKeys>(),
            provider.GetRequiredService<RedeemLimits>()));
        services.AddSingleton<ILeaseNews, RedisLeaseNews>();
        services.AddSingleton<IWatcherNews, RedisWatcherNews>();
        return services;
    }

    /// <summary>The sessions alone, for a command that works beside running servers; it opens the connections, which are added here too.</summary>
    /// <param name="settings">As above.</param>
    public static IServiceCollection AddRedisSessions(this IServiceCollection services, Func<IServiceProvider, RedisSettings> settings)
    {
        services.AddSingleton(provider => OfCoBrowse(settings(provider)));
        services.AddSingleton<RedisConnections>();
        services.AddSingleton<ISessionStore>(provider =>
        {
            var redis = provider.GetRequiredService<RedisConnections>();
            return new RedisSessionStore(redis, new CoBrowseKeys(redis.KeyPrefix));
        });
        return services;
    }

    public static void MapCoBrowseHub(this IEndpointRouteBuilder app, string path) => app.MapDirectHub<CoBrowseHub>(path, connection =>
    {
        connection.Transports = HttpTransportType.WebSockets;
        connection.CloseOnAuthenticationExpiration = true;
    });

    private static RedisSettings OfCoBrowse(RedisSettings application) =>
        application with { KeyPrefix = application.KeyPrefix + CoBrowseKeys.Prefix };
}
