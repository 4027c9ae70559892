using System.Collections.Concurrent;
using CoPilot.CoBrowse.Sessions;

namespace CoPilot.CoBrowse.Guidance;

/// <summary>
/// The session on which an agent points just now, as the store knew it a moment ago: one for each agent. Forgotten when this node changes the session; what another
/// node does to it is noticed when the moment is over. Thread-safe.
/// </summary>
public sealed class GuidedSessions(TimeProvider clock)
{
    /// <summary>One of twenty points asks the store.</summary>
    public static readonly TimeSpan Trusted = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Guided> _byAgent = new(StringComparer.Ordinal);

    /// <summary>The customer's connection; null when the store has to be asked.</summary>
    internal SessionLease? Find(CoBrowseCaller agent, string sessionId) =>
        _byAgent.TryGetValue(agent.Id, out var guided) && guided.SessionId == sessionId && guided.SiteId == agent.SiteId
        && clock.GetElapsedTime(guided.ReadAt) < Trusted
            ? guided.Lease
            : null;

    /// <summary>The store has just let the agent point.</summary>
    internal void Remember(CoBrowseCaller agent, CoBrowseSession session) =>
        _byAgent[agent.Id] = new Guided(agent.SiteId, session.SessionId, session.Lease!, clock.GetTimestamp());

    /// <summary>The agent's session changed, or they left.</summary>
    internal void Forget(string agentId) => _byAgent.TryRemove(agentId, out _);

    private sealed record Guided(string SiteId, string SessionId, SessionLease Lease, long ReadAt);
}
