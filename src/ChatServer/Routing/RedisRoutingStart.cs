using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Sites;
using CoPilot.Realtime;

namespace CoPilot.ChatServer.Routing;

/// <summary>Refuses to start on what another version left in a way that this one does not read. A Redis that is not there yet is looked at by the first step.</summary>
internal sealed class RedisRoutingStart(RedisContactQueue queue, ISiteCatalog sites) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var site in sites.All)
            {
                await queue.BeginAsync(site.Id, cancellationToken);
            }
        }
        catch (RoutingLayoutException unknown)
        {
            throw new StartupException(unknown.Message, unknown);
        }
        catch (StoreUnavailableException)
        {
            // Nodes start without Redis and wait for it.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
