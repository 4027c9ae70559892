using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>Routing's records in the wire's words.</summary>
internal static class RoutingResults
{
    public static bool IsInLine(Contact contact) => contact.State is ContactStates.Waiting or ContactStates.Offered;

    public static string? ConversationOf(Contact contact) => contact.HasConversation ? contact.ConversationId : null;

    /// <summary>Who serves it. To whom it is only offered stays among agents.</summary>
    public static AgentInfo? ServingAgent(Contact contact) => IsInLine(contact) ? null : contact.Agent;

    public static OfferedEvent ToOffered(Offer offer, ISiteCatalog sites) => new(
        offer.OfferId,
        offer.Contact.ContactId,
        offer.Contact.Kind,
        offer.Contact.Queue,
        offer.Contact.Topic,
        offer.Contact.Customer,
        Seconds(offer.OfferedAt - offer.Contact.ArrivedAt),
        offer.ExpiresAt,
        offer.Contact.Text,
        CallbackResults.ForOffer(offer.Contact, sites));

    public static SetStatusResult ToStatus(Agent agent, ISiteCatalog sites) => new(
        agent.Profile.AgentId,
        agent.Status,
        agent.Profile.Capacity,
        agent.Load,
        [.. agent.Contacts.Select(contact => new AgentContact(
            contact.ContactId,
            contact.Kind,
            contact.State,
            contact.Queue,
            contact.Topic,
            contact.Customer,
            contact.ArrivedAt,
            contact.AcceptedAt,
            ConversationOf(contact),
            CallbackResults.ForServingAgent(contact),
            contact.CustomerAway ? true : null))],
        agent.Offer is { } offer ? ToOffered(offer, sites) : null,
        agent.WrapUpUntil);

    public static ContactSummary ToSummary(Contact contact, int? position, WaitRange? wait, ISiteCatalog sites) => new(
        contact.ContactId,
        contact.Kind,
        contact.State,
        contact.Queue,
        contact.Topic,
        contact.ArrivedAt,
        ConversationOf(contact),
        position,
        wait,
        ServingAgent(contact),
        CallbackResults.ForCustomer(contact, sites));

    public static IReadOnlyList<QueueSummary> ToSummaries(Site site, IReadOnlyList<QueueState> queues, DateTimeOffset now) =>
        [.. queues.Select(queue => new QueueSummary(
            queue.Name,
            queue.Waiting,
            queue.OldestArrival is { } oldest ? Seconds(now - oldest) : 0,
            queue.AgentsAvailable,
            queue.Closure is null && site.SettingsOf(queue.Name).Hours.IsOpenAt(now),
            queue.Closure is { } closure ? new QueueClosedInfo(closure.Until) : null))];

    /// <summary>Whole seconds; never negative, though a clock that stepped back would have it so.</summary>
    private static int Seconds(TimeSpan time) => (int)Math.Max(0, time.TotalSeconds);
}
