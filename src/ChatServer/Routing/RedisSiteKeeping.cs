using System.Text;
using CoPilot.ChatServer.Redis;
using CoPilot.Realtime.Nodes;

namespace CoPilot.ChatServer.Routing;

internal static class RedisSiteKeeping
{
    /// <summary>What makes lines and timers one matter of several nodes, beside the queue itself.</summary>
    public static IServiceCollection AddRedisSiteKeeping(this IServiceCollection services)
    {
        services.AddSingleton<ISiteKeeper, RedisSiteKeeper>();
        services.AddSingleton(RoutingPace.SeveralNodes);
        return services.AddHostedService<KeeperHints>();
    }

    /// <summary>A node that changed a site's routing tells its keeper, if that is another one.</summary>
    private sealed class KeeperHints : IHostedService
    {
        /// <summary>Hosted services are made before the first of them starts, so the bus does not run yet.</summary>
        public KeeperHints(NodeBus nodes, RoutingHints hints) =>
            nodes.Handle(NodeMessages.RoutingChanged, site => hints.ChangedElsewhere(Encoding.UTF8.GetString(site.Span)));

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
