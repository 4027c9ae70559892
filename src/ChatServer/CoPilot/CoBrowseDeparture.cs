using CoPilot.ChatServer.Identity;
using CoPilot.CoBrowse.Sessions;

namespace CoPilot.ChatServer.CoPilot;

/// <summary>Sessions end with the agent who looks on.</summary>
internal sealed class CoBrowseDeparture(AgentSessionService sessions) : IAgentDeparture
{
    public Task LeftAsync(string siteId, string agentId, CancellationToken cancellationToken = default) =>
        sessions.EndAllAsync(siteId, agentId, cancellationToken);
}
