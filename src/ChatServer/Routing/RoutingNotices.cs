using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Hubs;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>Tells customers and agents what routing did. All of it is a hint: who misses one can ask.</summary>
public sealed class RoutingNotices(IContactQueue queue, WaitEstimates waits, IChatNotifier notifier, ISiteCatalog sites)
{
    private static readonly Action Nothing = () => { };

    /// <summary>Reads what is needed to tell of a site's effects, of all of them together, and answers how to tell of each: at once, and without any store.</summary>
    public async Task<IReadOnlyList<Action>> PrepareAsync(string siteId, IReadOnlyList<RoutingEffect> effects, CancellationToken cancellationToken)
    {
        var positions = await ReadPositionsAsync(siteId, effects, cancellationToken);
        var tellings = new List<Action>(effects.Count);
        foreach (var effect in effects)
        {
            tellings.Add(await PrepareAsync(effect, positions, cancellationToken));
        }

        return tellings;
    }

    private async Task<Dictionary<string, int?>> ReadPositionsAsync(string siteId, IReadOnlyList<RoutingEffect> effects, CancellationToken cancellationToken)
    {
        string[] inLine = [.. effects.OfType<ContactMoved>().Where(moved => RoutingResults.IsInLine(moved.Contact)).Select(moved => moved.Contact.ContactId).Distinct()];
        return inLine.Length == 0
            ? []
            : inLine.Zip(await queue.GetPositionsAsync(siteId, inLine, cancellationToken)).ToDictionary(StringComparer.Ordinal);
    }

    private async Task<Action> PrepareAsync(RoutingEffect effect, Dictionary<string, int?> positions, CancellationToken cancellationToken) => effect switch
    {
        ContactMoved moved => await PrepareContactMovedAsync(moved, positions, cancellationToken),
        OfferMade made => () => notifier.Offered(made.Agent.AgentId, RoutingResults.ToOffered(made.Offer, sites)),
        CallChanged { Contact: { Agent: { } agent } contact } => () => notifier.ContactChanged(agent.AgentId, new ContactChangedEvent(
            contact.ContactId, contact.State, RoutingResults.ConversationOf(contact), Agent: agent, Call: CallbackResults.CallOf(contact))),
        OfferEnded ended => () => notifier.OfferWithdrawn(ended.AgentId, new OfferWithdrawnEvent(ended.OfferId, ended.Reason)),
        CustomerSeen { Contact: { State: ContactStates.Active, Agent: { } agent } contact } =>
            () => notifier.ContactChanged(agent.AgentId, ToAgent(contact, reason: null)),
        AgentStatusChanged changed => () => notifier.StatusChanged(changed.AgentId, new StatusChangedEvent(changed.Status, changed.Reason)),
        _ => Nothing,
    };

    private async Task<Action> PrepareContactMovedAsync(ContactMoved moved, Dictionary<string, int?> positions, CancellationToken cancellationToken)
    {
        var contact = moved.Contact;
        var position = RoutingResults.IsInLine(contact) ? positions[contact.ContactId] : null;
        var wait = await waits.EstimateAsync(contact, position, cancellationToken);
        var told = ToAgent(contact, moved.Reason);
        return () =>
        {
            if (moved.AgentId is { } agentId)
            {
                notifier.ContactChanged(agentId, told);
            }

            var toCustomer = told with { Position = position, EstimatedWait = wait, Reason = ForCustomers(moved.Reason), CustomerAway = null };
            notifier.ContactChanged(contact.Customer.CustomerId, toCustomer);
            if (contact.Callback is not null || moved.Reason == Reasons.Switched)
            {
                notifier.CallbackChanged(toCustomer with { ConversationId = null });
            }
        };
    }

    private static ContactChangedEvent ToAgent(Contact contact, string? reason) => new(
        contact.ContactId,
        contact.State,
        RoutingResults.ConversationOf(contact),
        Agent: RoutingResults.ServingAgent(contact),
        Reason: reason,
        DueAt: contact.Callback?.DueAt,
        CustomerAway: contact.CustomerAway ? true : null);

    /// <summary>Which agents were asked and did not want to, or were not quick enough, is nothing for the customer.</summary>
    private static string? ForCustomers(string? reason) =>
        reason is Reasons.Declined or Reasons.NotAnswered or Reasons.StatusChanged ? null : reason;
}
