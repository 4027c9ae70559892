using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Hubs;

/// <summary>
/// Tells somebody something on all of their connections, wherever those are. Every one of these is a hint that may be lost; none waits for
/// the receiver. Safe to call from any thread; calls for one person arrive in the order they were made.
/// </summary>
public interface IChatNotifier
{
    void ContactChanged(string personId, ContactChangedEvent contact);

    /// <summary>To whoever looks at the call-back by its token (<see cref="Callbacks.ICallbackWatchers"/>).</summary>
    void CallbackChanged(ContactChangedEvent callback);

    void Offered(string agentId, OfferedEvent offer);

    void OfferWithdrawn(string agentId, OfferWithdrawnEvent offer);

    /// <summary>The agent's status is another one, though they did not say so.</summary>
    void StatusChanged(string agentId, StatusChangedEvent changed);

    /// <summary>To the site's signed-in agents.</summary>
    void QueuesChanged(string siteId, QueuesChangedEvent queues);

    /// <summary>To connections of this node.</summary>
    void SiteOverviewChanged(IReadOnlyList<string> connectionIds, SiteOverview overview);

    void CoPilotInvited(string customerId, CoPilotInvitedEvent invited);
}
