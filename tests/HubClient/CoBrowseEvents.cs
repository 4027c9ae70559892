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
        Frames = ChatEvents.Listen<FramesEvent>(connection, nameof(ICoBrowseClient.Frames), keep);
        PointersMoved = ChatEvents.Listen<PointerMovedEvent>(connection, nameof(ICoBrowseClient.PointerMoved), keep);
        NavigationsAnswered = ChatEvents.Listen<NavigationAnsweredEvent>(connection, nameof(ICoBrowseClient.NavigationAnswered), keep);
        KeyframesRequested = ChatEvents.Listen<KeyframeRequestedEvent>(connection, nameof(ICoBrowseClient.KeyframeRequested), keep);
        Pointed = ChatEvents.Listen<GuidanceEvent>(connection, nameof(ICoBrowseClient.Pointer), keep);
        Highlighted = ChatEvents.Listen<GuidanceEvent>(connection, nameof(ICoBrowseClient.Highlighted), keep);
        Drawn = ChatEvents.Listen<GuidanceEvent>(connection, nameof(ICoBrowseClient.Drawn), keep);
        ScrollsProposed = ChatEvents.Listen<GuidanceEvent>(connection, nameof(ICoBrowseClient.ScrollProposed), keep);
        NavigationsProposed = ChatEvents.Listen<NavigationProposedEvent>(connection, nameof(ICoBrowseClient.NavigationProposed), keep);
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

    public EventStream<FramesEvent> Frames { get; }

    public EventStream<PointerMovedEvent> PointersMoved { get; }

    public EventStream<NavigationAnsweredEvent> NavigationsAnswered { get; }

    public EventStream<KeyframeRequestedEvent> KeyframesRequested { get; }

    public EventStream<GuidanceEvent> Pointed { get; }

    public EventStream<GuidanceEvent> Highlighted { get; }

    public EventStream<GuidanceEvent> Drawn { get; }

    public EventStream<GuidanceEvent> ScrollsProposed { get; }

    public EventStream<NavigationProposedEvent> NavigationsProposed { get; }

    public EventStream<SessionEndedEvent> SessionsEnded { get; }

    public EventStream<DrainingEvent> Draining { get; }
}
