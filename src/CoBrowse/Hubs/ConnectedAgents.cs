using System.Collections.Concurrent;
using CoPilot.CoBrowse.Sessions;

namespace CoPilot.CoBrowse.Hubs;

/// <summary>The agents who are connected to this hub on this node. Thread-safe.</summary>
public sealed class ConnectedAgents
{
    private readonly ConcurrentDictionary<string, (string SiteId, string AgentId)> _connections = new(StringComparer.Ordinal);

    /// <summary>Each once.</summary>
    public IReadOnlyCollection<(string SiteId, string AgentId)> All => [.. _connections.Values.Distinct()];

    internal void Add(CoBrowseCaller agent) => _connections[agent.ConnectionId] = (agent.SiteId, agent.Id);

    internal void Remove(CoBrowseCaller agent) => _connections.TryRemove(agent.ConnectionId, out _);
}
