using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Hubs;
using CoPilot.ChatServer.Routing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.CoPilot;

/// <summary>Answers Co-Pilot from contacts and conversations.</summary>
internal sealed class CoBrowseAccess(IContactQueue contacts, IConversationStore conversations, IChatNotifier notifier) : ICoBrowseAccess
{
    private static readonly Refusal NoSuchConversation = new(ErrorCodes.NotFound, "There is no such conversation.");

    public async Task<ServedContact?> FindServedAsync(
        string siteId, string agentId, string contactId, CancellationToken cancellationToken = default) =>
        await contacts.FindContactAsync(siteId, contactId, cancellationToken) is { State: ContactStates.Active } contact
        && contact.Agent?.AgentId == agentId
            ? new ServedContact(contactId, contact.Customer.CustomerId)
            : null;

    public async Task<bool> MayWatchAsync(string siteId, string agentId, string contactId, CancellationToken cancellationToken = default) =>
        await contacts.FindContactAsync(siteId, contactId, cancellationToken) is not { State: ContactStates.Active, Agent: { } agent }
        || agent.AgentId == agentId;

    public async Task<Outcome<bool>> InviteAsync(Invitation invitation, CancellationToken cancellationToken = default)
    {
        var conversation = await conversations.FindAsync(invitation.ConversationId, cancellationToken);
        if (conversation is null || conversation.SiteId != invitation.SiteId || conversation.State == ContactStates.Closed
            || conversation.Agent?.AgentId != invitation.AgentId || (invitation.ContactId ?? conversation.ContactId) != conversation.ContactId)
        {
            return NoSuchConversation;
        }

        notifier.CoPilotInvited(
            conversation.Customer.CustomerId,
            new CoPilotInvitedEvent(invitation.ConversationId, invitation.SessionId, invitation.Code, (int)invitation.CodeLeft.TotalSeconds));
        return true;
    }
}
