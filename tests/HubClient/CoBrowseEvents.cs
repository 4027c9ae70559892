using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using Microsoft.AspNetCore.SignalR.Client;

namespace CoPilot.HubClient;

/// <summary>The events of <see cref="ICoBrowseClient"/> as streams, one per kind.</summary>
public sealed class CoBrowseEvents
{
    internal CoBrowseEvents(HubConnection connection, bool keep)
    {
        CodesTried = ChatEvents.Listen<CodeTriedEvent>(connection, nameof(ICoBrowseClient.CodeTried), keep);
        CustomersJoined = ChatEvents.Listen<CustomerJoinedEvent>(connection, nameof(ICoBrowseClient.CustomerJoined), keep);
        ConsentsGiven = ChatEvents.Listen<ConsentGivenEvent>(connection, nameof(ICoBrowseClient.ConsentGiven), keep);
        PagesShown = ChatEvents.Listen<PageShownEvent>(connection, nameof(ICoBrowseClient.PageShown), keep);
        Paused = ChatEvents.Listen<PausedEvent>(connection, nameof(ICoBrowseClient.Paused), keep);
        Continued = ChatEvents.Listen<ContinuedEvent>(connection, nameof(ICoBrowseClient.Continued), keep);
        CustomersAway = ChatEvents.Listen<CustomerAwayEvent>(connection, nameof(ICoBrowseClient.CustomerAway), keep);
        SessionsStarted = ChatEvents.Listen<SessionStartedEvent>(connection, nameof(ICoBrowseClient.SessionStarted), keep);
        SessionsEnded = ChatEvents.Listen<SessionEndedEvent>(connection, nameof(ICoBrowseClient.SessionEnded), keep);
        Draining = ChatEvents.Listen<DrainingEvent>(connection, nameof(ICoBrowseClient.Draining), keep);
    }

    public EventStream<CodeTriedEvent> CodesTried { get; }

    public EventStream<CustomerJoinedEvent> CustomersJoined { get; }

    public EventStream<ConsentGivenEvent> ConsentsGiven { get; }

    public EventStream<PageShownEvent> PagesShown { get; }

    public EventStream<PausedEvent> Paused { get; }

    public EventStream<ContinuedEvent> Continued { get; }

    public EventStream<CustomerAwayEvent> CustomersAway { get; }

    public EventStream<SessionStartedEvent> SessionsStarted { get; }

    public EventStream<SessionEndedEvent> SessionsEnded { get; }

    public EventStream<DrainingEvent> Draining { get; }
}
