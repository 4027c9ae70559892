namespace CoPilot.Contracts.CoBrowse;

/// <summary>What the server tells on <c>/hubs/cobrowse</c>. All of it is a hint: <c>Watch</c> and <c>ResumeSession</c> answer how the session stands, though not what was pointed at, drawn or proposed.</summary>
public interface ICoBrowseClient : ICoBrowseAgentEvents, ICoBrowseCustomerEvents
{
    /// <summary>To both.</summary>
    Task SessionEnded(SessionEndedEvent ended);

    Task Draining(DrainingEvent draining);
}

public interface ICoBrowseAgentEvents
{
    Task CodeTried(CodeTriedEvent tried);

    Task CustomerJoined(CustomerJoinedEvent joined);

    Task ConsentGiven(ConsentGivenEvent given);

    Task PageShown(PageShownEvent page);

    Task Paused(PausedEvent paused);

    Task Continued(ContinuedEvent continued);

    Task CustomerAway(CustomerAwayEvent away);

    Task Frames(FramesEvent frames);

    Task PointerMoved(PointerMovedEvent moved);

    Task NavigationAnswered(NavigationAnsweredEvent answered);
}

public interface ICoBrowseCustomerEvents
{
    Task SessionStarted(SessionStartedEvent started);

    Task KeyframeRequested(KeyframeRequestedEvent requested);

#pragma warning disable CA1720 // The wire's word: where the agent points.
    Task Pointer(GuidanceEvent pointed);
#pragma warning restore CA1720

    Task Highlighted(GuidanceEvent highlighted);

    Task Drawn(GuidanceEvent drawn);

    Task ScrollProposed(GuidanceEvent proposed);

    Task NavigationProposed(NavigationProposedEvent proposed);
}
