using CoPilot.Realtime.Outcomes;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>What the host knows and Co-Pilot asks: whom an agent serves. Safe to call from any thread; a store out of reach is a <c>StoreUnavailableException</c>.</summary>
public interface ICoBrowseAccess
{
    /// <summary>The contact, when this agent serves it now; null otherwise.</summary>
    Task<ServedContact?> FindServedAsync(string siteId, string agentId, string contactId, CancellationToken cancellationToken = default);

    /// <summary>False once another agent serves the contact: what its customer shows is not this one's to see any more.</summary>
    Task<bool> MayWatchAsync(string siteId, string agentId, string contactId, CancellationToken cancellationToken = default);

    /// <summary>Shows the code to the customer of a chat that this agent serves. A hint to the customer, who may have gone. Refusal: <c>not_found</c>.</summary>
    Task<Outcome<bool>> InviteAsync(Invitation invitation, CancellationToken cancellationToken = default);
}

public sealed record ServedContact(string ContactId, string CustomerId);

/// <param name="ConversationId">As the agent named it; not checked yet.</param>
/// <param name="CodeLeft">So long the code is good for.</param>
/// <param name="ContactId">Whose customer the code is for; null when it is for nobody in particular.</param>
public sealed record Invitation(
    string SiteId, string AgentId, string ConversationId, string SessionId, string Code, TimeSpan CodeLeft, string? ContactId);
