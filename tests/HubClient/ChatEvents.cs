using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using Microsoft.AspNetCore.SignalR.Client;

namespace CoPilot.HubClient;

/// <summary>The events of <see cref="IChatClient"/> as streams, one per kind.</summary>
public sealed class ChatEvents
{
    internal ChatEvents(HubConnection connection, bool keep)
    {
        Messages = Listen<MessageEvent>(connection, nameof(IChatClient.Message), keep);
        Typing = Listen<TypingEvent>(connection, nameof(IChatClient.Typing), keep);
        Reads = Listen<ReadEvent>(connection, nameof(IChatClient.Read), keep);
        ContactChanges = Listen<ContactChangedEvent>(connection, nameof(IChatClient.ContactChanged), keep);
        Offers = Listen<OfferedEvent>(connection, nameof(IChatClient.Offered), keep);
        WithdrawnOffers = Listen<OfferWithdrawnEvent>(connection, nameof(IChatClient.OfferWithdrawn), keep);
        StatusChanges = Listen<StatusChangedEvent>(connection, nameof(IChatClient.StatusChanged), keep);
        QueueChanges = Listen<QueuesChangedEvent>(connection, nameof(IChatClient.QueuesChanged), keep);
        SiteOverviews = Listen<SiteOverview>(connection, nameof(IChatClient.SiteOverviewChanged), keep);
        CoPilotInvitations = Listen<CoPilotInvitedEvent>(connection, nameof(IChatClient.CoPilotInvited), keep);
        Draining = Listen<DrainingEvent>(connection, nameof(IChatClient.Draining), keep);
    }

    public EventStream<MessageEvent> Messages { get; }

    public EventStream<TypingEvent> Typing { get; }

    public EventStream<ReadEvent> Reads { get; }

    public EventStream<ContactChangedEvent> ContactChanges { get; }

    public EventStream<OfferedEvent> Offers { get; }

    public EventStream<OfferWithdrawnEvent> WithdrawnOffers { get; }

    public EventStream<StatusChangedEvent> StatusChanges { get; }

    public EventStream<QueuesChangedEvent> QueueChanges { get; }

    public EventStream<SiteOverview> SiteOverviews { get; }

    public EventStream<CoPilotInvitedEvent> CoPilotInvitations { get; }

    public EventStream<DrainingEvent> Draining { get; }

    internal static EventStream<T> Listen<T>(HubConnection connection, string method, bool keep)
    {
        var stream = new EventStream<T>(keep);
        connection.On<T>(method, stream.Publish);
        return stream;
    }
}
