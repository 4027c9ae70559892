namespace CoPilot.ChatServer.Identity;

/// <summary>Something that must not outlast an agent's signing out, or the end of their account. Safe to call from any thread, and again.</summary>
public interface IAgentDeparture
{
    /// <summary>A store out of reach is a <see cref="Realtime.StoreUnavailableException"/>; the caller decides whether to try again.</summary>
    Task LeftAsync(string siteId, string agentId, CancellationToken cancellationToken = default);
}
