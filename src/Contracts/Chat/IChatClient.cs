namespace CoPilot.Contracts.Chat;

/// <summary>What the server tells on <c>/hubs/chat</c>. All of it is a hint: the log, and the answers of calls, are the truth.</summary>
public interface IChatClient
{
    Task Message(MessageEvent message);

    Task Typing(TypingEvent typing);

    Task Read(ReadEvent read);

    Task ContactChanged(ContactChangedEvent contact);

    Task Offered(OfferedEvent offer);

    Task OfferWithdrawn(OfferWithdrawnEvent offer);

    Task StatusChanged(StatusChangedEvent changed);

    Task QueuesChanged(QueuesChangedEvent queues);

    Task SiteOverviewChanged(SiteOverview overview);

    Task CoPilotInvited(CoPilotInvitedEvent invited);

    Task Draining(DrainingEvent draining);
}
