using System.Collections.Concurrent;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// The agent connections of this node: it reports them and renews their leases, so that those of a node that dies run out. Thread-safe.
/// </summary>
public sealed class AgentPresence(IContactQueue queue, TimeProvider clock, ILogger<AgentPresence> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<AgentConnection, string> _sites = new();
    private bool _fails;

    public async Task<Agent> ConnectAsync(AgentProfile profile, string connectionId, CancellationToken cancellationToken = default)
    {
        var agent = await queue.ConnectAgentAsync(profile, connectionId, cancellationToken);
        _sites[new AgentConnection(profile.AgentId, connectionId)] = profile.SiteId;
        return agent;
    }

    public async Task DisconnectAsync(string siteId, AgentConnection connection, CancellationToken cancellationToken = default)
    {
        // Out of the list first, so that a renewal that starts now leaves it out.
        _sites.TryRemove(connection, out _);
        await queue.DisconnectAgentAsync(connection, siteId, cancellationToken);
    }

    /// <summary>The site's agents with a connection to this node, each once.</summary>
    public IReadOnlyList<string> ConnectedAgents(string siteId)
    {
        var agents = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (connection, site) in _sites)
        {
            if (site == siteId)
            {
                agents.Add(connection.AgentId);
            }
        }

        return [.. agents];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RoutingRules.PresenceRenewal, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var site in _sites.GroupBy(entry => entry.Value, entry => entry.Key))
                {
                    await RenewAsync(site.Key, [.. site], stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops; its connections say goodbye themselves.
        }
    }

    private async Task RenewAsync(string siteId, IReadOnlyList<AgentConnection> connections, CancellationToken stopping)
    {
        try
        {
            await queue.RenewPresenceAsync(siteId, connections, stopping);
            foreach (var connection in connections.Where(connection => !_sites.ContainsKey(connection)))
            {
                // It closed while it was being renewed, and the renewal may have come second: without this it would count until its lease ran out.
                await queue.DisconnectAgentAsync(connection, siteId, stopping);
            }

            _fails = false;
        }
#pragma warning disable CA1031 // A store out of reach now may answer at the next renewal; the lease allows two failures.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (!_fails)
            {
                RoutingLog.RenewalFails(logger, siteId, error);
            }

            _fails = true;
        }
    }
}
