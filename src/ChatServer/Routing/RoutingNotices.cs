using CoPilot.ChatServer.Hubs;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>Tells customers and agents what routing did. All of it is a hint: who misses one can ask.</summary>
public sealed class RoutingNotices(IContactQueue queue, IChatNotifier notifier)
{
    public async Task TellAsync(RoutingEffect effect, CancellationToken cancellationToken)
    {
        switch (effect)
        {
            case ContactMoved moved:
                await TellContactMovedAsync(moved, cancellationToken);
                break;
            case OfferMade made:
                notifier.Offered(made.Agent.AgentId, RoutingResults.ToOffered(made.Offer));
                break;
            case OfferEnded ended:
                notifier.OfferWithdrawn(ended.AgentId, new OfferWithdrawnEvent(ended.OfferId, ended.Reason));
                break;
        }
    }

    private async Task TellContactMovedAsync(ContactMoved moved, CancellationToken cancellationToken)
    {
        var contact = moved.Contact;
        var told = new ContactChangedEvent(
            contact.ContactId, contact.State, contact.ConversationId, Agent: RoutingResults.ServingAgent(contact), Reason: moved.Reason);
        if (moved.AgentId is { } agentId)
        {
            notifier.ContactChanged(agentId, told);
        }

        var position = RoutingResults.IsInLine(contact)
            ? await queue.GetPositionAsync(contact.SiteId, contact.ContactId, cancellationToken)
            : null;
        notifier.ContactChanged(
            contact.Customer.CustomerId, told with { Position = position, Reason = ForCustomers(moved.Reason) });
    }

    /// <summary>Which agents were asked and did not want to, or were not quick enough, is nothing for the customer.</summary>
    private static string? ForCustomers(string? reason) =>
        reason is Reasons.Declined or Reasons.NotAnswered or Reasons.StatusChanged ? null : reason;
}
